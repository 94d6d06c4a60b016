import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeptCheckpoint } from "../../typescript/src/witness";
import { commandWithSqlite } from "../../typescript/tests/runtimes/installed-runtimes";
import { SqliteStores } from "../../typescript/tests/sqlite-stores";
import { BANK, LineClient, Scratch } from "./gateway-process";
import { KEYS, register } from "./test-console";
import { textOf } from "./test-gateway";

// The gateway as it is packaged, as a witness of the log of the console that the environment names.
const scratch = new Scratch();
const store = scratch.path("checkpoints.db");
const server = [...BANK, scratch.path("done.txt"), scratch.path("none")];
const settings = (more = "") =>
  `server: bank\naccept_action: mcp_accept_freely\nwait_seconds: 0\nactions: { pay: mcp_allow }\ncheckpoint_store: ${store}\n${more}`;
let stores: SqliteStores;
let node: readonly string[];

beforeAll(async () => {
  await scratch.build();
  await register("mcp_allow", "always_allow");
  await register("mcp_accept_freely", "always_allow");
  node = await commandWithSqlite();
  stores = await SqliteStores.start(scratch.folder);
}, 120_000);
afterAll(() => {
  stores.stop();
  scratch.remove();
});

async function call(amount: number): Promise<{ text: string; stderr: string }> {
  const client = new LineClient(scratch.gateway("witness", settings(), server, node), KEYS);
  await client.initialize();
  const text = textOf(await client.call("pay", { amount }));
  await client.end();
  return { text, stderr: client.stderr };
}

test("it keeps checkpoints, and forwards nothing once the log contradicts them", async () => {
  const kept = stores.openCheckpoints(store);
  let before: KeptCheckpoint | undefined;
  // A new log has no checkpoint yet.
  for (let amount = 1; before === undefined; amount += 1) {
    expect((await call(amount)).text).toBe("pay done");
    [before] = await kept.entries();
  }
  // As if the console had signed another log then.
  const [origin = "", size = "", root = "", ...signatures] = before.note.split("\n");
  const other = Buffer.from(root, "base64").map((byte) => byte ^ 1);
  await kept.keep("test", { ...before, note: [origin, size, Buffer.from(other).toString("base64"), ...signatures].join("\n") }, before);
  const { text, stderr } = await call(0);
  expect(text).toMatch(/^The console's receipt log contradicts the checkpoint that the gateway keeps/);
  expect(stderr).toMatch(/LogTampered: the receipt log contradicts the checkpoint you kept \(forked\)/);
}, 120_000);

test.each([
  ["a verifier key that isn't whole", 'log_keys: ["console+12345678"]', /logKeys: console\+12345678 isn't a verifier key/],
  ["a store that can't be opened", "", /The checkpoint store .*gone\/checkpoints.db can't be opened: /],
])(
  "it doesn't start with %s",
  async (what, more, words) => {
    const text = more === "" ? settings().replace(store, scratch.path("gone/checkpoints.db")) : settings(more);
    const client = new LineClient(scratch.gateway(what.replaceAll(/\W/g, "-"), text, server, node), KEYS);
    expect(await client.exitCode).toBe(1);
    expect(client.stderr).toMatch(words);
  },
  60_000,
);
