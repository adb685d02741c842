/**
 * Browsers under automation.
 *
 * Playwright's classes are declared by `playwright-core`, whatever package they are imported from.
 */
import type { CatalogFamily } from "../kind.ts";

const puppeteer = ["puppeteer-core", "puppeteer"];
const playwright = ["playwright-core", "playwright", "@playwright/test"];

export const browsers: CatalogFamily = {
  family: "browsers",
  kinds: [
    {
      id: "playwright.Browser",
      label: "Playwright Browser",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: playwright,
          name: ["BrowserType.launch", "BrowserType.connect", "BrowserType.connectOverCDP"],
        },
      ],
      release: [{ method: "close" }],
      asyncRelease: true,
      releaseTwice: "harmless",
      types: [{ module: playwright, name: "Browser" }],
      source: "https://playwright.dev/docs/api/class-browser#browser-close",
    },
    {
      id: "playwright.BrowserServer",
      label: "Playwright BrowserServer",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: playwright, name: "BrowserType.launchServer" }],
      release: [{ method: "close" }, { method: "kill" }],
      asyncRelease: true,
      types: [{ module: playwright, name: "BrowserServer" }],
      source: "https://playwright.dev/docs/api/class-browserserver",
    },
    {
      id: "playwright.BrowserContext",
      label: "Playwright BrowserContext",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: playwright,
          name: ["Browser.newContext", "BrowserType.launchPersistentContext"],
        },
      ],
      release: [{ method: "close" }],
      asyncRelease: true,
      automatic: { receiver: true },
      types: [{ module: playwright, name: "BrowserContext" }],
      source: "https://playwright.dev/docs/api/class-browsercontext#browser-context-close",
    },
    {
      id: "playwright.Page",
      label: "Playwright Page",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: playwright, name: "Browser.newPage" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      automatic: { receiver: true },
      releasedWhen: ["isClosed"],
      source: "https://playwright.dev/docs/api/class-browser#browser-new-page",
    },
    {
      id: "playwright.APIRequestContext",
      label: "Playwright APIRequestContext",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", module: playwright, name: "APIRequest.newContext" }],
      release: [{ method: "dispose" }],
      asyncRelease: true,
      types: [{ module: playwright, name: "APIRequestContext" }],
      source: "https://playwright.dev/docs/api/class-apirequestcontext",
    },
    {
      id: "puppeteer.Browser",
      label: "Puppeteer Browser",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: puppeteer,
          name: ["launch", "PuppeteerNode.launch"],
        },
      ],
      release: [{ method: "close" }],
      asyncRelease: true,
      automatic: { events: ["disconnected"] },
      // It leaves the browser running.
      notReleasedBy: ["disconnect"],
      types: [{ module: puppeteer, name: "Browser" }],
      source: "https://pptr.dev/api/puppeteer.browser.close",
    },
    {
      // The browser is somebody else's, and only the connection to it must be given up.
      id: "puppeteer.connection",
      label: "connection to a browser",
      grade: "must",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: puppeteer,
          name: ["connect", "Puppeteer.connect", "PuppeteerNode.connect"],
        },
      ],
      release: [{ method: "disconnect" }, { method: "close" }],
      asyncRelease: true,
      automatic: { events: ["disconnected"] },
      source: "https://pptr.dev/api/puppeteer.browser.disconnect",
    },
    {
      id: "puppeteer.BrowserContext",
      label: "Puppeteer BrowserContext",
      grade: "idle",
      duty: "close",
      acquire: [
        {
          by: "call",
          module: puppeteer,
          name: ["Browser.createBrowserContext", "Browser.createIncognitoBrowserContext"],
        },
      ],
      release: [{ method: "close" }],
      asyncRelease: true,
      automatic: { receiver: true },
      types: [{ module: puppeteer, name: "BrowserContext" }],
      source: "https://pptr.dev/api/puppeteer.browsercontext.close",
    },
    {
      id: "puppeteer.Page",
      label: "Puppeteer Page",
      grade: "idle",
      duty: "close",
      acquire: [{ by: "call", module: puppeteer, name: "Browser.newPage" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      automatic: { receiver: true },
      releasedWhen: ["isClosed"],
      types: [{ module: puppeteer, name: "Page" }],
      source: "https://pptr.dev/api/puppeteer.page.close",
    },
    {
      // What it wrote is lost unless it is stopped.
      id: "puppeteer.ScreenRecorder",
      label: "Puppeteer ScreenRecorder",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: puppeteer, name: "Page.screencast" }],
      release: [{ method: "stop" }],
      asyncRelease: true,
      types: [{ module: puppeteer, name: "ScreenRecorder" }],
      source: "https://pptr.dev/api/puppeteer.screenrecorder.stop",
    },
    {
      // close() closes one window; the browser and its driver go on.
      id: "selenium.WebDriver",
      label: "Selenium WebDriver",
      grade: "must",
      duty: "close",
      acquire: [{ by: "call", module: "selenium-webdriver", name: "Builder.build" }],
      release: [{ method: "quit" }],
      asyncRelease: true,
      notReleasedBy: ["close"],
      types: [{ module: "selenium-webdriver", name: "WebDriver" }],
      source: "https://www.selenium.dev/documentation/webdriver/drivers/#quit",
    },
  ],
  functions: [],
  noDuty: [
    {
      by: "call",
      module: playwright,
      name: "BrowserContext.newPage",
      reason: "closed with its context",
      source: "https://playwright.dev/docs/api/class-browsercontext#browser-context-close",
    },
    {
      by: "call",
      module: puppeteer,
      name: ["BrowserContext.newPage", "Page.createCDPSession"],
      reason: "ends with its context or page",
      source: "https://pptr.dev/api/puppeteer.browsercontext.newpage",
    },
    {
      by: "type",
      module: puppeteer,
      name: ["JSHandle", "ElementHandle"],
      reason: "disposed when the page navigates or closes",
      source: "https://pptr.dev/api/puppeteer.jshandle",
    },
    {
      by: "type",
      module: playwright,
      name: ["JSHandle", "ElementHandle"],
      reason: "disposed when the page navigates or closes",
      source: "https://playwright.dev/docs/api/class-jshandle",
    },
    {
      by: "type",
      module: playwright,
      name: "Disposable",
      reason: "ends with its page; the result of page.route() and its like is rarely kept",
      source: "https://playwright.dev/docs/api/class-page#page-route",
    },
    {
      by: "type",
      module: playwright,
      name: "APIResponse",
      reason: "its body is freed with its request context",
      source: "https://playwright.dev/docs/api/class-apiresponse#api-response-dispose",
    },
    {
      by: "type",
      module: playwright,
      name: "Page",
      reason: "closed with its context, unless it was made by browser.newPage()",
      source: "https://playwright.dev/docs/api/class-page#page-close",
    },
  ],
  closedWorlds: [...playwright, ...puppeteer],
};
