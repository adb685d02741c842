/**
 * Browsers under automation.
 *
 * Playwright's classes are declared by `playwright-core`, whatever package they are imported from.
 */
import type { CatalogFamily } from "../kind.ts";

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
      grade: "should",
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
      types: [{ module: playwright, name: "BrowserContext" }],
      source: "https://playwright.dev/docs/api/class-browsercontext#browser-context-close",
    },
    {
      id: "playwright.Page",
      label: "Playwright Page",
      grade: "should",
      duty: "close",
      acquire: [{ by: "call", module: playwright, name: "Browser.newPage" }],
      release: [{ method: "close" }],
      asyncRelease: true,
      releasedWhen: ["isClosed"],
      source: "https://playwright.dev/docs/api/class-browser#browser-new-page",
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
  closedWorlds: playwright,
};
