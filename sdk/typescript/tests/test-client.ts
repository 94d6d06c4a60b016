import { DaaiClient, type DaaiClientOptions } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import type { FakeConsole } from "./fake-console";

export const KEYS = { apiKey: "daai_sk_secret", workspaceKey: "daai_wk_secret", baseUrl: "http://console.test/api" };

/** A client of a console in memory that takes no time between its attempts. */
export function clientOf({ fetch }: FakeConsole, options: DaaiClientOptions = {}): DaaiClient {
  return new DaaiClient({ ...KEYS, onWarning: () => undefined, ...options }, { ...SYSTEM_RUNTIME, fetch, sleep: () => Promise.resolve() });
}

/** What fetch throws in Node when nothing listens. */
export const REFUSED = Object.assign(new TypeError("fetch failed"), {
  cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED" },
});

export const pathsOf = ({ requests }: FakeConsole): string[] => requests.map(({ path }) => path);
