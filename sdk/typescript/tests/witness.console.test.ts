// The witness, and the log of a real console: as it grows, as it would look after a rollback, and after a restart.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DaaiClient, LogTampered } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { verifyReceipt } from "../src/verify";
import { type CheckpointStore, InMemoryCheckpointStore, type KeptCheckpoint, Witness } from "../src/witness";
import { type DistantCheckpointStore, SqliteStores } from "./sqlite-stores";
import { env, exportLog, registerAction, restartLog, run, SETTINGS } from "./test-console";

const ACTION = `watched_${crypto.randomUUID().slice(0, 8)}`;
const scratch = mkdtempSync(join(tmpdir(), "daai-witness-"));
let sqlite: SqliteStores;
beforeAll(async () => {
  sqlite = await SqliteStores.start(scratch);
  await registerAction(ACTION, ["--policy", "always_allow"]);
}, 120_000);
afterAll(() => {
  sqlite.stop();
  rmSync(scratch, { recursive: true });
});

type Store = CheckpointStore & Pick<DistantCheckpointStore | InMemoryCheckpointStore, "entries">;

/** Its witness asks about the log with every response. */
function witnessOf(checkpointStore: CheckpointStore, fetch = SYSTEM_RUNTIME.fetch): DaaiClient {
  let now = 0;
  const clock = () => {
    now += 10;
    return now;
  };
  return new DaaiClient({ ...SETTINGS, witness: new Witness({ checkpointStore }) }, { ...SYSTEM_RUNTIME, fetch, now: clock });
}

const propose = (client: DaaiClient) => client.intercept({ action: ACTION, payload: {} });

/** One more receipt, and responses until the worker has put it into the log. */
async function grow(client: DaaiClient, store: Store, beyond: number): Promise<KeptCheckpoint> {
  const { actionRunId } = await propose(client);
  for (let tries = 0; tries < 600; tries += 1) {
    await client.status(actionRunId);
    const [kept] = await store.entries();
    if (kept && kept.size > beyond) return kept;
    await sleep(100);
  }
  return expect.unreachable("the receipt isn't in the log yet");
}

async function verifyArchive(name: string, { keys }: KeptCheckpoint, checkpoints: readonly string[]) {
  const file = join(scratch, name);
  await exportLog(file);
  return verifyReceipt(readFileSync(file), { keys, checkpoints });
}

test("it follows the log, and what it stores is evidence", async () => {
  const store = new InMemoryCheckpointStore();
  const client = witnessOf(store);
  let kept = await grow(client, store, 0);
  const notes = [kept.note];
  for (let round = 0; round < 3; round += 1) {
    kept = await grow(client, store, kept.size);
    notes.push(kept.note);
  }
  expect(store.entries().length).toBe(1);
  const { problems, proved } = await verifyArchive("log.tar", kept, notes);
  expect(problems).toEqual([]);
  expect(proved.join()).toContain("the 4 checkpoints you kept");
}, 120_000);

test("a rollback is detected", async () => {
  const store = new InMemoryCheckpointStore();
  const asked: string[] = [];
  let [isBack, before] = [false, ""];
  const client = witnessOf(store, async (input, init) => {
    const response = await SYSTEM_RUNTIME.fetch(input, init);
    if (!String(input).includes("log/checkpoint")) return response;
    asked.push(new URL(String(input)).search);
    const content = await response.text();
    before ||= content;
    return new Response(isBack ? before : content, { headers: { "Content-Type": "application/json" } });
  });
  const first = await grow(client, store, 0);
  const newest = await grow(client, store, first.size);
  isBack = true;
  const found: unknown = await propose(client).catch((error: unknown) => error);
  expect(found).toBeInstanceOf(LogTampered);
  expect(found).toMatchObject({ reason: "shrank", kept: newest.note });
  expect(asked[0]).toBe("");
  isBack = false;
  expect((await propose(client)).executable).toBe(true);
}, 120_000);

/** `python -m` and so on, with the console's keys. */
async function python(...args: readonly string[]): Promise<string> {
  const { apiKey, workspaceKey, baseUrl } = SETTINGS;
  const keys = { DAAI_API_KEY: apiKey, DAAI_WORKSPACE_KEY: workspaceKey, DAAI_BASE_URL: baseUrl };
  return (await run(env("PYTHON"), args, { env: { ...process.env, ...keys, PYTHONPATH: resolve("sdk/python/src") } })).stdout;
}

test("a log that was restarted is refused until it is accepted, by the command of the Python SDK", async () => {
  const path = join(scratch, "checkpoints.db");
  const program = `
import sys
from daai import DaaiClient, SQLiteCheckpointStore
with DaaiClient(checkpoint_store=SQLiteCheckpointStore(sys.argv[1])) as client:
    client.intercept(sys.argv[2], {})`;
  await python("-c", program, path, ACTION);
  const store = sqlite.openCheckpoints(path);
  const asked: string[] = [];
  const client = witnessOf(store, (input, init) => {
    if (String(input).includes("log/checkpoint")) asked.push(new URL(String(input)).search);
    return SYSTEM_RUNTIME.fetch(input, init);
  });
  const [stored] = await store.entries();
  const before = await grow(client, store, stored?.size ?? 0);
  // It went on from what the Python SDK had stored for this workspace.
  expect(asked[0]).toBe(`?from=${stored?.size}`);
  await restartLog();
  let found: unknown;
  // A response may show a checkpoint that is some moments old.
  for (let tries = 0; tries < 600 && found === undefined; tries += 1) {
    found = await propose(client).then(
      () => undefined,
      (error: unknown) => error,
    );
    await sleep(100);
  }
  expect(found).toBeInstanceOf(LogTampered);
  expect(found).toMatchObject({ reason: "restarted", kept: before.note });
  const [origin = ""] = String((found as LogTampered).found).split("\n");
  expect(origin.split("/").slice(0, 3)).toEqual(before.origin.split("/").slice(0, 3));
  await python("-m", "daai", "log", "--store", path, "accept", origin);
  expect((await propose(client)).executable).toBe(true);
  expect((await python("-m", "daai", "log", "--store", path)).match(/"origin"/g)?.length).toBe(2);
  const { problems, notProved } = await verifyArchive("restarted.tar", before, [before.note]);
  expect(problems).toEqual([]);
  expect(notProved.join()).toContain(`a checkpoint kept of ${before.origin} shows it`);
}, 240_000);
