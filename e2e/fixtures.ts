import { test as base, expect, type Page } from "@playwright/test";
import { disconnectDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { belowPath } from "@/lib/net/base-path";
import { freePort } from "@/lib/net/free-port";
import { databaseUrlOf, runSql } from "@/lib/testing/test-postgres";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";
import { testSettings } from "@/lib/testing/test-settings";
import { type PageWatch, watchPage } from "./watch-page";
import { type Person, type World, world } from "./world";

interface TestFixtures {
  readonly world: World;
  /** Signs in over HTTP, as the sign-in form does. */
  readonly signIn: (page: Page, person: Person) => Promise<void>;
  /** Fails the test on any console error, failed request or exception of its pages, unless allowed. */
  readonly watch: PageWatch;
}

interface WorkerFixtures {
  /** The path that the console is served below. Addresses given to `goto` are below it. */
  readonly basePath: string;
  /** Whether people reach it through a proxy, which the test starts on the port of `daai.url`. */
  readonly isProxied: boolean;
  /** This worker's console, as `npm start` runs it. */
  readonly daai: TestServer;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  basePath: ["", { scope: "worker", option: true }],
  isProxied: [false, { scope: "worker", option: true }],
  daai: [
    async ({ basePath, isProxied }, provide, { workerIndex }) => {
      const { url, template } = JSON.parse(process.env.DAAI_TEST_POSTGRES ?? "{}") as { url: string; template: string };
      const name = template.replace("template", `e2e_${workerIndex}`);
      await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name} TEMPLATE ${template}`);
      const databaseUrl = databaseUrlOf(url, name);
      const server = await startTestServer({
        databaseUrl,
        basePath,
        ...(isProxied && { publicPort: await freePort() }),
        env: {
          DAAI_SIGN_UP: "open",
          DAAI_ADMIN_EMAILS: "operator@example.com",
          DAAI_WEBHOOK_ALLOWED_RANGES: "127.0.0.0/8",
        },
      });
      // The world is made by this process, on the same database and under the same secrets.
      Object.assign(process.env, testSettings(databaseUrl), {
        DAAI_PUBLIC_URL: server.url,
        DAAI_ADMIN_EMAILS: "operator@example.com",
        DAAI_WEBHOOK_ALLOWED_RANGES: "127.0.0.0/8",
      });
      resetEnvCache();
      await provide(server);
      await disconnectDb();
      await server.stop();
      await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ daai }, provide) => provide(daai.url),
  world: async ({ daai: _ }, provide) => provide(world),
  signIn: async ({ daai }, provide) =>
    provide(async (page, { email, password }) => {
      const { csrfToken } = (await (await page.request.get(`${daai.url}/api/auth/csrf`)).json()) as { csrfToken: string };
      const answer = await page.request.post(`${daai.url}/api/auth/callback/password`, {
        headers: { Origin: new URL(daai.url).origin },
        form: { csrfToken, email, password, json: "true" },
      });
      expect(answer.status()).toBe(200);
    }),
  // Every page of every context: of other people and other devices too.
  browser: [
    async ({ browser, basePath }, provide) => {
      const newContext = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await newContext(options);
        context.on("page", (page) => openWhole(page, basePath));
        return context;
      };
      await provide(browser);
    },
    { scope: "worker" },
  ],
  watch: [
    async ({ context }, provide) => {
      const watch = watchPage(context);
      await provide(watch);
      expect(watch.troubles()).toEqual([]);
    },
    { auto: true },
  ],
});

/** Addresses given to `goto` are below the console's path, and it ends once the page answers. */
function openWhole(page: Page, basePath: string): void {
  const open = page.goto.bind(page);
  page.goto = async (url, options) => {
    const response = await open(url.startsWith("/") ? `${basePath}${belowPath(basePath, url)}` : url, options);
    if (options?.waitUntil !== "commit") await untilItAnswers(page);
    return response;
  };
}

/**
 * Until what was streamed is in its place, and React has taken over what can be pressed and typed into: before, a person is faster than
 * the page only rarely, a test always.
 */
async function untilItAnswers(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      // Its scripts are off.
      !("__next_f" in window) ||
      (document.querySelector("template[id^='B:']") === null &&
        [...document.querySelectorAll("button, input, select, textarea")].every((control) =>
          Object.keys(control).some((key) => key.startsWith("__reactProps$")),
        )),
  );
}

export { expect };
