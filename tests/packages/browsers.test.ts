/** Browsers under automation. */
import { foundUnderEveryName } from "../support/kind-cases.ts";
import { packageKinds } from "../support/kinds.ts";
import { packageVerdicts } from "../support/packages.ts";
const rule = "no-unclosed-disposable";

const kinds = {
  "playwright.Browser": {
    imports: 'import { chromium } from "playwright-core";',
    acquire: "const x = await chromium.launch()",
    use: "console.log(x.version())",
    release: "await x.close()",
  },
  "playwright.BrowserServer": {
    imports: 'import { chromium } from "playwright-core";',
    acquire: "const x = await chromium.launchServer()",
    use: "console.log(x.wsEndpoint())",
    release: "await x.close()",
  },
  "playwright.BrowserContext": {
    imports: 'import type { Browser } from "playwright-core";',
    given: "browser: Browser",
    acquire: "const x = await browser.newContext()",
    use: "await x.newPage()",
    release: "await x.close()",
    automatic: "if (early) return await browser.close()",
  },
  "playwright.Page": {
    imports: 'import type { Browser } from "playwright-core";',
    given: "browser: Browser",
    acquire: "const x = await browser.newPage()",
    use: 'await x.goto("http://a")',
    release: "await x.close()",
    automatic: "if (early) return await browser.close()",
  },
  "playwright.APIRequestContext": {
    imports: 'import { request } from "playwright-core";',
    acquire: "const x = await request.newContext()",
    use: 'await x.get("http://a")',
    release: "await x.dispose()",
  },
  "puppeteer.Browser": {
    imports: 'import { launch } from "puppeteer-core";',
    acquire: "const x = await launch()",
    use: "await x.version()",
    release: "await x.close()",
    notReleased: "await x.disconnect()",
    automatic: 'x.once("disconnected", () => undefined)',
  },
  "puppeteer.connection": {
    imports: 'import { connect } from "puppeteer-core";',
    acquire: 'const x = await connect({ browserURL: "http://a" })',
    use: "await x.version()",
    release: "await x.disconnect()",
    automatic: 'x.once("disconnected", () => undefined)',
  },
  "puppeteer.BrowserContext": {
    imports: 'import type { Browser } from "puppeteer-core";',
    given: "browser: Browser",
    acquire: "const x = await browser.createBrowserContext()",
    use: "await x.newPage()",
    release: "await x.close()",
    automatic: "if (early) return await browser.close()",
  },
  "puppeteer.Page": {
    imports: 'import type { Browser } from "puppeteer-core";',
    given: "browser: Browser",
    acquire: "const x = await browser.newPage()",
    use: 'await x.goto("http://a")',
    release: "await x.close()",
    automatic: "if (early) return await browser.close()",
  },
  "puppeteer.ScreenRecorder": {
    imports: 'import type { Page } from "puppeteer-core";',
    given: "page: Page",
    acquire: 'const x = await page.screencast({ path: "a.webm" })',
    use: 'await page.goto("http://a")',
    release: "await x.stop()",
  },
  "selenium.WebDriver": {
    imports: 'import { Builder } from "selenium-webdriver";',
    acquire: 'const x = await new Builder().forBrowser("chrome").build()',
    use: 'await x.get("http://a")',
    release: "await x.quit()",
    notReleased: "await x.close()",
  },
};

packageKinds(rule, "browsers", kinds);

packageKinds(
  rule,
  "browsers",
  {
    "playwright.Browser": kinds["playwright.Browser"],
    "playwright.BrowserServer": kinds["playwright.BrowserServer"],
    "playwright.BrowserContext": kinds["playwright.BrowserContext"],
    "playwright.Page": kinds["playwright.Page"],
  },
  { versions: { "playwright-core": "playwright-core-older" } },
);

packageKinds(
  rule,
  "browsers",
  {
    "puppeteer.Browser": kinds["puppeteer.Browser"],
    "puppeteer.Page": kinds["puppeteer.Page"],
  },
  { versions: { "puppeteer-core": "puppeteer-core-older" } },
);

packageVerdicts(rule, "pages end with their browser", {
  "the browser is closed and the page is not": {
    leak: {
      "only the page is closed, on one path": `
import type { Browser } from "playwright-core";
export async function f(browser: Browser, short: boolean): Promise<void> {
  const page = await browser.newPage(); //! notReleasedOnPath
  if (short) return;
  await page.close();
}`,
      "another browser is closed": `
import type { Browser } from "playwright-core";
export async function f(browser: Browser, other: Browser, short: boolean): Promise<void> {
  const page = await browser.newPage(); //! notReleasedOnPath
  if (short) return await other.close();
  await page.close();
}`,
    },
    fine: {
      "of Playwright": `
import { chromium } from "playwright-core";
export async function f(short: boolean): Promise<void> {
  const browser = await chromium.launch();
  try {
    const page = await browser.newPage();
    if (short) return;
    await page.goto("http://a");
    await page.close();
  } finally {
    await browser.close();
  }
}`,
      "of Puppeteer": `
import type { Browser } from "puppeteer-core";
export async function f(browser: Browser, short: boolean): Promise<void> {
  const page = await browser.newPage();
  if (short) await browser.close();
  else await page.close();
}`,
      "a context with its browser": `
import type { Browser } from "playwright-core";
export async function f(browser: Browser, short: boolean): Promise<void> {
  const context = await browser.newContext();
  if (short) return await browser.close();
  await context.close();
}`,
    },
  },
});

foundUnderEveryName("browsers", {
  kind: "puppeteer.Browser",
  module: "puppeteer-core",
  name: "launch",
  acquire: `NAME()`,
  versions: { "older types": { "puppeteer-core": "puppeteer-core-older" } },
});
