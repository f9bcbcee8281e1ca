// A real Chromium: the system's, without a word to the outside.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TestContext } from "node:test";
import { type Browser, type BrowserContextOptions, type CDPSession, chromium, type Page } from "playwright-core";
import { password } from "./open-house.ts";

const executablePath =
  process.env.CHROMIUM_PATH ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));

/** Opens the browser for a test. `camera`: a film (Y4M) that its camera sees. @throws when the machine has none: a story that was not seen is not passed. */
export async function openBrowser(t: Pick<TestContext, "after">, camera: string | null = null): Promise<Browser> {
  if (!executablePath)
    throw new Error("No Chromium: install Debian's package `chromium`, or say where by CHROMIUM_PATH.");
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      // Starting a process costs more than what it does for a page.
      "--in-process-gpu",
      "--renderer-process-limit=1",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...(camera
        ? [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            `--use-file-for-fake-video-capture=${camera}`,
          ]
        : []),
    ],
  });
  t.after(() => browser.close());
  return browser;
}

/** A page of somebody signed in by the form, with the keyboard. */
export async function signedIn(
  browser: Browser,
  origin: string,
  email: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto("/connexion");
  await page.locator("#email").focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/connexion");
  return page;
}

/** Violations of accessibility rules that an auditor would call serious or critical, each with where. `only`: of these rules. */
export async function seriousViolations(page: Page, only: readonly string[] | null = null): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await bringAxe(page);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run({
      resultTypes: ["violations"],
      // The style sheets are not asked for again: no rule that is on reads them. Sounds and films are.
      preload: { assets: ["media"] },
      // Of WCAG 2.2, and off unless it is asked for.
      ...(only ? { runOnly: only } : { rules: { "target-size": { enabled: true } } }),
    });
    return violations
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
  }, only);
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();
const axeText = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs the rules' script as the browser's console would: as an expression that a page evaluates, its half a megabyte is read twice. */
async function bringAxe(page: Page): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  await (await session).send("Runtime.evaluate", { expression: axeText, silent: true });
}
