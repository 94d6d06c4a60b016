import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { InMemoryCheckpointStore, isSameCheckpoint, type KeptCheckpoint } from "../src/witness";
import { SqliteStores } from "./sqlite-stores";

const scratch = mkdtempSync(join(tmpdir(), "daai-checkpoints-"));
let sqlite: SqliteStores;
beforeAll(async () => {
  sqlite = await SqliteStores.start(scratch);
}, 120_000);
afterAll(() => {
  sqlite.stop();
  rmSync(scratch, { recursive: true });
});

const newPath = () => join(scratch, `${crypto.randomUUID()}.db`);
const checkpoint = (size: number, origin = "console/a", ...keys: string[]): KeptCheckpoint => ({
  origin,
  size,
  note: `${origin}\n${size}\n—`,
  keys: ["k1", ...keys],
});

describe.each([
  ["memory", () => new InMemoryCheckpointStore()],
  ["SQLite", () => sqlite.openCheckpoints(newPath())],
] as const)("a store in %s", (_, newStore) => {
  it("keeps one checkpoint for each log, and knows who follows which", async () => {
    const store = newStore();
    expect([(await store.followed("c1")) ?? null, (await store.get("console/a")) ?? null]).toEqual([null, null]);
    expect(await store.keep("c1", checkpoint(5), null)).toBe(true);
    expect(await store.keep("c1", checkpoint(9), checkpoint(5))).toBe(true);
    expect(await store.keep("c2", checkpoint(2, "console/b"), null)).toBe(true);
    expect([await store.followed("c1"), await store.followed("c2")]).toEqual([checkpoint(9), checkpoint(2, "console/b")]);
    expect(await store.get("console/b")).toEqual(checkpoint(2, "console/b"));
    expect(await store.entries()).toEqual([checkpoint(9), checkpoint(2, "console/b")]);
  });

  it("replaces only the checkpoint that a proof began from", async () => {
    const store = newStore();
    await store.keep("c1", checkpoint(5), null);
    expect(await store.keep("c2", checkpoint(9), null)).toBe(false);
    expect(await store.keep("c2", checkpoint(9), checkpoint(4))).toBe(false);
    expect(await store.keep("c2", checkpoint(9), checkpoint(5, "console/a", "k2"))).toBe(false);
    expect([await store.entries(), (await store.followed("c2")) ?? null]).toEqual([[checkpoint(5)], null]);
    expect(await store.keep("c2", checkpoint(5, "console/a", "k2"), checkpoint(5))).toBe(true);
    expect((await store.followed("c1"))?.keys).toEqual(["k1", "k2"]);
  });

  it("keeps what a person accepted", async () => {
    const store = newStore();
    expect(await store.isAccepted("console/a/2")).toBe(false);
    await store.accept("console/a/2");
    await store.accept("console/a/2");
    expect([await store.isAccepted("console/a/2"), await store.isAccepted("console/a")]).toEqual([true, false]);
  });
});

test("checkpoints are the same by what was signed, and by whom", () => {
  expect(isSameCheckpoint(null, null)).toBe(true);
  expect(isSameCheckpoint(checkpoint(5), checkpoint(5))).toBe(true);
  expect([isSameCheckpoint(checkpoint(5), null), isSameCheckpoint(checkpoint(5), checkpoint(6))]).toEqual([false, false]);
});

test("its file is durable, and for its owner only", async () => {
  const path = newPath();
  await sqlite.openCheckpoints(path).keep("c1", checkpoint(5), null);
  const files = readdirSync(scratch).filter((name) => join(scratch, name).startsWith(path));
  expect(files.map((name) => statSync(join(scratch, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  expect(await sqlite.sql(path, "PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
  await sqlite.close(path);
  expect(await sqlite.openCheckpoints(path).followed("c1")).toEqual(checkpoint(5));
});

test("a step that fails half-way changes nothing, and the next one works", async () => {
  const path = newPath();
  const store = sqlite.openCheckpoints(path);
  await store.keep("c1", checkpoint(5), null);
  await sqlite.sql(path, "CREATE TRIGGER full BEFORE INSERT ON follower BEGIN SELECT RAISE(ABORT, 'full'); END");
  await expect(async () => store.keep("c2", checkpoint(9), checkpoint(5))).rejects.toThrow("full");
  expect([await store.entries(), await store.followed("c2")]).toEqual([[checkpoint(5)], null]);
  await sqlite.sql(path, "DROP TRIGGER full");
  expect(await store.keep("c2", checkpoint(9), checkpoint(5))).toBe(true);
});

test("of processes that go on from one checkpoint, one wins", async () => {
  const path = newPath();
  const others = await Promise.all(Array.from({ length: 3 }, () => SqliteStores.start(scratch)));
  try {
    const stores = others.map((one) => one.openCheckpoints(path));
    await Promise.all(stores.map((store) => store.entries()));
    for (let size = 1; size <= 20; size += 1) {
      const before = size === 1 ? null : checkpoint(size - 1);
      const won = await Promise.all(stores.map(async (store, at) => store.keep(`c${at}`, checkpoint(size), before)));
      expect(won.filter(Boolean).length).toBe(1);
    }
  } finally {
    for (const one of others) one.stop();
  }
});
