import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { DaaiConfigError } from "../src/index";
import { InMemoryPendingStore, type PendingState, type PendingStore, SQLitePendingStore } from "../src/runner";
import { SqliteStores } from "./sqlite-stores";

const scratch = mkdtempSync(join(tmpdir(), "daai-store-"));
let sqlite: SqliteStores;
beforeAll(async () => {
  sqlite = await SqliteStores.start(scratch);
}, 120_000);
afterAll(() => {
  sqlite.stop();
  rmSync(scratch, { recursive: true });
});

const newPath = () => join(scratch, `${crypto.randomUUID()}.db`);
const statesOf = async (store: PendingStore) => (await store.entries()).map(({ actionRunId, state }) => [actionRunId, state]);

const DONE = { result: { sent: 1 }, error: null };
const REQUEST = { worker: "w", token: "tok", askedAt: 1000.25 };

const STEPS: Readonly<Record<string, (store: PendingStore, token: string) => unknown>> = {
  markClaimed: (store, token) => store.markClaimed("r1", token, 1),
  extendLease: (store, token) => store.extendLease("r1", token, 2),
  recordOutcome: (store, token) => store.recordOutcome("r1", token, DONE),
  markInDoubt: (store, token) => store.markInDoubt("r1", token, "note"),
  reopen: (store) => store.reopen("r1"),
};
const TO_STATE: Readonly<Record<PendingState, readonly string[]>> = {
  pending: [],
  claimed: ["markClaimed"],
  unreported: ["markClaimed", "recordOutcome"],
  in_doubt: ["markClaimed", "markInDoubt"],
};
const ALLOWED: Readonly<Record<string, Partial<Record<PendingState, PendingState>>>> = {
  markClaimed: { pending: "claimed" },
  extendLease: { claimed: "claimed" },
  recordOutcome: { claimed: "unreported", in_doubt: "unreported" },
  markInDoubt: { claimed: "in_doubt", unreported: "in_doubt" },
  reopen: { in_doubt: "pending" },
};

describe.each([
  ["memory", () => new InMemoryPendingStore()],
  ["SQLite", () => sqlite.open(newPath())],
] as const)("a store in %s", (_, newStore: () => PendingStore) => {
  it("keeps a row on its way, and lists the oldest first", async () => {
    const store = newStore();
    await store.add("r2", "send", { amount: 5, name: "Ünal" });
    await store.add("r1", "send", {});
    await store.add("r2", "other", { other: 1 });
    expect(await store.get("r2")).toMatchObject({ action: "send", payload: { amount: 5, name: "Ünal" }, state: "pending" });
    expect(await statesOf(store)).toEqual([
      ["r2", "pending"],
      ["r1", "pending"],
    ]);
    expect(await store.markClaimed("r2", "tok", 100)).toBe(true);
    expect(await store.extendLease("r2", "tok", 200.5)).toBe(true);
    const claimed = await store.get("r2");
    expect([claimed?.state, claimed?.claimToken, claimed?.leaseUntil]).toEqual(["claimed", "tok", 200.5]);
    expect(await store.recordOutcome("r2", "tok", DONE)).toBe(true);
    expect(await store.get("r2")).toMatchObject({ state: "unreported", outcome: DONE });
    expect([await store.remove("r2"), await store.remove("r2"), (await store.get("r2")) ?? null]).toEqual([true, false, null]);
    expect(await statesOf(store)).toEqual([["r1", "pending"]]);
  });

  const cases = Object.keys(STEPS).flatMap((step) => Object.keys(TO_STATE).map((state) => [step, state as PendingState] as const));
  it.each(cases)("makes the step %s from the state %s only if it may, and under the same claim", async (step, state) => {
    const store = newStore();
    const make = async (name: string, token = "tok") => STEPS[name]?.(store, token);
    await store.add("r1", "send", {});
    for (const earlier of TO_STATE[state]) expect(await make(earlier)).toBe(true);
    const expected = ALLOWED[step]?.[state];
    if (step !== "markClaimed" && step !== "reopen") expect(await make(step, "another's")).toBe(false);
    expect(await make(step)).toBe(expected !== undefined);
    expect(await statesOf(store)).toEqual([["r1", expected ?? state]]);
  });

  it("keeps an outcome whose report was refused, until the run is reopened", async () => {
    const store = newStore();
    await store.add("r1", "send", {});
    await store.storeClaimRequest("r1", REQUEST);
    await store.markClaimed("r1", "tok", 1);
    await store.recordOutcome("r1", "tok", DONE);
    await store.markInDoubt("r1", "tok", "refused");
    expect(await store.get("r1")).toMatchObject({ outcome: DONE, note: "refused" });
    await store.reopen("r1");
    const row = await store.get("r1");
    expect([row?.outcome, row?.claimToken, row?.leaseUntil, row?.note, row?.claimRequest]).toEqual([null, null, null, null, null]);
  });

  it("keeps the first request for a claim until that one is deleted", async () => {
    const store = newStore();
    await store.add("r1", "send", {});
    const other = { worker: "v", token: "other", askedAt: 2000 };
    expect(await store.storeClaimRequest("r1", REQUEST)).toEqual(REQUEST);
    expect(await store.storeClaimRequest("r1", other)).toEqual(REQUEST);
    expect((await store.get("r1"))?.claimRequest).toEqual(REQUEST);
    expect([await store.deleteClaimRequest("r1", other), await store.deleteClaimRequest("r1", REQUEST)]).toEqual([false, true]);
    expect(await store.storeClaimRequest("r1", other)).toEqual(other);
    await store.markClaimed("r1", "other", 1);
    expect((await store.storeClaimRequest("r1", REQUEST)) ?? null).toBe(null);
    expect(await store.deleteClaimRequest("r1", other)).toBe(false);
    expect((await store.storeClaimRequest("unknown", REQUEST)) ?? null).toBe(null);
  });

  it("doesn't show the secrets of its rows", async () => {
    const store = newStore();
    await store.add("r1", "send", {});
    await store.storeClaimRequest("r1", { ...REQUEST, token: "s3cret" });
    await store.markClaimed("r1", "s3cret", 1);
    const rows = [await store.get("r1"), await store.entries()];
    expect(inspect(rows, { depth: 9 }) + JSON.stringify(rows)).not.toContain("s3cret");
  });
});

test("its file is durable and for its owner only", async () => {
  const path = newPath();
  writeFileSync(path, "", { mode: 0o644 });
  await sqlite.open(path).add("r1", "send", {});
  const files = readdirSync(scratch).filter((name) => join(scratch, name).startsWith(path));
  expect(files.map((name) => statSync(join(scratch, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  expect(await sqlite.sql(path, "PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
  await sqlite.close(path);
  expect(await statesOf(sqlite.open(path))).toEqual([["r1", "pending"]]);
});

test("a file of an earlier version keeps its requests", async () => {
  const path = newPath();
  await sqlite.open(path).add("r1", "send", {});
  await sqlite.close(path);
  const request = JSON.stringify({ worker: "w", token: "tok", asked_at: 5 });
  await sqlite.sql(path, `UPDATE pending_action SET claim_request = '${request}'`);
  await sqlite.sql(path, "ALTER TABLE pending_action RENAME COLUMN claim_request TO claim_wish");
  await sqlite.sql(path, "PRAGMA user_version = 2");
  expect((await sqlite.open(path).get("r1"))?.claimRequest).toEqual({ worker: "w", token: "tok", askedAt: 5 });
  expect(await sqlite.sql(path, "PRAGMA user_version")).toEqual([{ user_version: 3 }]);
});

test("a file of a newer version is left alone", async () => {
  const path = newPath();
  await sqlite.sql(path, "PRAGMA user_version = 4");
  await expect(async () => sqlite.open(path).entries()).rejects.toThrow("written by a newer version of daai");
  expect(await sqlite.sql(path, "SELECT count(*) AS tables FROM sqlite_master")).toEqual([{ tables: 0 }]);
});

test("a step that fails changes nothing, and the next one works", async () => {
  const path = newPath();
  const store = sqlite.open(path);
  await store.add("r1", "send", {});
  await sqlite.sql(path, "CREATE TRIGGER full BEFORE UPDATE ON pending_action BEGIN SELECT RAISE(ABORT, 'full'); END");
  await expect(async () => store.markClaimed("r1", "tok", 1)).rejects.toThrow("full");
  await sqlite.sql(path, "DROP TRIGGER full");
  expect(await store.markClaimed("r1", "tok", 1)).toBe(true);
});

test("processes that open a new file at once each make it, and one wins each row", async () => {
  const path = newPath();
  const others = await Promise.all(Array.from({ length: 4 }, () => SqliteStores.start(scratch)));
  try {
    const stores = others.map((one) => one.open(path));
    await Promise.all(stores.map(async (store) => store.entries()));
    const runs = Array.from({ length: 25 }, (_unused, number) => `r${number}`);
    for (const run of runs) await stores[0]?.add(run, "send", {});
    const won = await Promise.all(
      stores.map((store, at) => Promise.all(runs.map(async (run) => store.markClaimed(run, `token ${at}`, 1)))),
    );
    expect(won.flat().filter(Boolean).length).toBe(runs.length);
  } finally {
    for (const one of others) one.stop();
  }
});

test("without node:sqlite it says what to do", () => {
  const { getBuiltinModule } = process;
  Object.assign(process, { getBuiltinModule: () => undefined });
  try {
    expect(() => new SQLitePendingStore(newPath())).toThrow(DaaiConfigError);
    expect(() => new SQLitePendingStore(newPath())).toThrow("use Node 22.13, Bun 1.4, Deno 2.3 or newer, or a store of your own");
  } finally {
    Object.assign(process, { getBuiltinModule });
  }
});
