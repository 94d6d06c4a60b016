import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as daai from "../src/index";
import { bundle } from "./bundle";
import { fakeConsole } from "./fake-console";
import { LogConsole, SIGNER } from "./log-console";

const manifest = JSON.parse(readFileSync("sdk/typescript/package.json", "utf8")) as Record<string, unknown>;

test("the client takes at most 12 KB of a program, compressed", async () => {
  const code = await bundle('import { DaaiClient } from "daai"; globalThis.client = new DaaiClient();', { minify: true });
  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(12_000);
});

test("what a program doesn't use isn't part of it", async () => {
  const code = await bundle('import { DaaiConfigError } from "daai"; console.log(DaaiConfigError);', { minify: true });
  expect(code.length).toBeLessThan(500);
});

test("the package needs no other but what a program may have, and says its version", () => {
  expect(Object.keys(manifest).filter((name) => /dependencies/i.test(name))).toEqual(["peerDependencies", "peerDependenciesMeta"]);
  const optional = Object.entries(manifest["peerDependenciesMeta"] as object).filter(
    ([, meta]) => (meta as { optional?: boolean }).optional,
  );
  expect(optional.map(([name]) => name)).toEqual(Object.keys(manifest["peerDependencies"] as object));
  expect(manifest["version"]).toBe(daai.VERSION);
});

/** Runs a program where there is nothing but what the web has. Returns what it leaves as `outcome`. */
async function runOnTheWeb(program: string, fetch: typeof globalThis.fetch): Promise<unknown> {
  const { TextEncoder, TextDecoder, URL, Headers, AbortController, DOMException } = globalThis;
  const web = { TextEncoder, TextDecoder, URL, Headers, AbortController, DOMException, crypto, performance, atob, btoa, fetch };
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  const worker: { outcome?: unknown } & typeof web & typeof timers = { ...web, ...timers };
  runInNewContext(await bundle(program, { format: "iife" }), worker);
  return worker.outcome;
}

const KEYS = '{ apiKey: "daai_sk_a", workspaceKey: "daai_wk_b", baseUrl: "https://console.test/api" }';

test("it runs where there is nothing but what the web has", async () => {
  const fake = fakeConsole();
  const program = `
    import { DaaiClient } from "daai";
    const client = new DaaiClient(${KEYS});
    const refund = client.governed("refund", {}, async ({ amount }: { amount: number }) => ({ refunded: amount }));
    globalThis.outcome = refund({ amount: 80 });
  `;
  expect(await runOnTheWeb(program, fake.fetch)).toEqual({ refunded: 80 });
  expect(fake.runs[0]?.execution).toBe("executed");
});

test("so does a witness", async () => {
  const console = new LogConsole();
  const program = `
    import { DaaiClient } from "daai";
    import { InMemoryCheckpointStore, Witness } from "daai/witness";
    const store = new InMemoryCheckpointStore();
    const client = new DaaiClient({ ...${KEYS}, witness: new Witness({ checkpointStore: store, logKeys: ["${SIGNER.verifierKey}"] }) });
    globalThis.outcome = client.intercept({ action: "refund", payload: {} }).then(() => store.entries());
  `;
  expect(await runOnTheWeb(program, console.fetch)).toMatchObject([{ size: 10, keys: [SIGNER.verifierKey] }]);
});
