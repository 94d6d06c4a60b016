import { beforeAll, expect, test, vi } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { openCheckpoint } from "@/lib/domain/log/checkpoint";
import { appendLeaves, EMPTY_TREE, rootOf } from "@/lib/domain/log/merkle-tree";
import { getReadiness } from "@/lib/health/get-readiness";
import { sequenceWaiting, startSequencer } from "@/lib/jobs/sequencer";
import { withDb } from "@/lib/security/context";
import { afterStatement } from "@/lib/testing/after-statement";
import { atOnce, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { getLogKeys } from "./log-keys";
import { nodeCheck, sha256 } from "./node-check";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "go", policy: { type: "always_allow" } });
});

const add = (count: number, to = workspace) => atOnce(count, (made) => proposeOk(to, { action: "go", payload: { made } }));
const sequence = (limit?: number) => sequenceReceipts(systemContext(workspace.workspaceId), limit);
const placesOf = (workspaceId: string) => getDb().receiptPlace.findMany({ where: { workspaceId }, orderBy: { logIndex: "asc" } });
const checkpoints = () => getDb().receiptCheckpoint.findMany({ where: { workspaceId: workspace.workspaceId }, orderBy: { size: "asc" } });

/** The log as someone outside would check it: no gap, every checkpoint signed and over the receipts' own hashes. */
async function expectWhole(size: number, waiting = 0): Promise<void> {
  const places = await placesOf(workspace.workspaceId);
  expect(places.map(({ logIndex }) => Number(logIndex))).toEqual(places.map((_, index) => index));
  expect([places.length, await getDb().waitingReceipt.count()]).toEqual([size, waiting]);
  const hashes = new Map((await getDb().receipt.findMany()).map(({ id, leafHash }) => [id, leafHash]));
  const { keys } = await getLogKeys();
  for (const { note, size: signedSize } of await checkpoints()) {
    const leaves = places.slice(0, Number(signedSize)).map(({ receiptId }) => hashes.get(receiptId) ?? new Uint8Array());
    const rootHash = await rootOf(sha256, await appendLeaves(sha256, EMPTY_TREE, leaves));
    expect(await openCheckpoint(nodeCheck, note, keys)).toMatchObject({ ok: true, checkpoint: { size: leaves.length, rootHash } });
  }
  expect((await checkpoints()).at(-1)?.size ?? 0n).toBe(BigInt(size));
}

test("gives committed receipts their places in order of id, in bounded batches, and signs each state", async () => {
  expect(await sequence()).toBe(0);
  await add(7);
  expect([await sequence(5), await sequence(5), await sequence(5)]).toEqual([5, 2, 0]);
  const ids = (await placesOf(workspace.workspaceId)).map(({ receiptId }) => receiptId);
  expect(ids).toEqual([...ids].sort());
  expect((await checkpoints()).map(({ size }) => size)).toEqual([5n, 7n]);
  await expectWhole(7);
});

test("the first places go to the smallest ids, however the waiting rows lie in their table", async () => {
  const other = await makeWorkspace();
  await makeAction(other, { name: "go", policy: { type: "always_allow" } });
  await add(9, other);
  const { workspaceId } = other;
  await getDb().$transaction(async (tx) => {
    await tx.$executeRaw`ALTER TABLE waiting_receipts DISABLE TRIGGER waiting_receipts_placed`;
    await tx.$executeRaw`DELETE FROM waiting_receipts WHERE workspace_id = ${workspaceId}::uuid`;
    await tx.$executeRaw`
      INSERT INTO waiting_receipts (workspace_id, receipt_id) SELECT workspace_id, id FROM receipts WHERE workspace_id = ${workspaceId}::uuid
      ORDER BY id DESC`;
    await tx.$executeRaw`ALTER TABLE waiting_receipts ENABLE TRIGGER waiting_receipts_placed`;
  });
  expect(await sequenceReceipts(systemContext(workspaceId), 4)).toBe(4);
  const ids = (await getDb().receipt.findMany({ where: { workspaceId }, orderBy: { id: "asc" } })).map(({ id }) => id);
  expect((await placesOf(workspaceId)).map(({ receiptId }) => receiptId)).toEqual(ids.slice(0, 4));
  await sequenceReceipts(systemContext(workspaceId));
});

test("many sequencers at once, and receipts that come meanwhile: none left out, none twice", async () => {
  await Promise.all([
    add(20),
    ...[1, 2, 3, 4].map(async () => {
      for (let pass = 0; pass < 4; pass++) await sequence(3);
    }),
  ]);
  while ((await sequence()) !== 0);
  await expectWhole(27);
});

test("a sequencer that dies leaves nothing behind, wherever it dies", async () => {
  await add(2);
  for (let statement = 1; statement <= 4; statement++) {
    const dying = getDb().$transaction(async (tx) => {
      const handle = afterStatement(statement, () => Promise.reject(new Error("killed")), tx);
      await sequenceReceipts(withDb(systemContext(workspace.workspaceId), handle));
    });
    await expect(dying).rejects.toThrow("killed");
  }
  expect(await sequence()).toBe(2);
  await expectWhole(29);
});

test("nothing is signed on top of a head that was changed, and a log does not shrink", async () => {
  await add(1);
  const change = (sql: string) =>
    getDb().$executeRawUnsafe(`UPDATE receipt_logs SET ${sql} WHERE workspace_id = '${workspace.workspaceId}'`);
  const { rootHash } = await getDb().receiptLog.findUniqueOrThrow({ where: { workspaceId: workspace.workspaceId } });
  await change("root_hash = sha256('x')");
  await expect(sequence()).rejects.toThrow(/was changed/);
  await change(`root_hash = '\\x${Buffer.from(rootHash).toString("hex")}'`);
  await expect(change("size = 3")).rejects.toThrow(/cannot shrink/);
  expect(await sequence()).toBe(1);
});

test("what waits and is not there is told, and holds up its own log alone", async () => {
  const other = await makeWorkspace();
  await getDb().$executeRaw`INSERT INTO waiting_receipts (workspace_id, receipt_id) VALUES (${other.workspaceId}::uuid, gen_random_uuid())`;
  await add(1);
  await expect(sequenceWaiting()).rejects.toThrow(`workspace ${other.workspaceId} waits for its place and is not there`);
  await expectWhole(31, 1);
  expect((await getReadiness()).checks.receipts.ok).toBe(false);
  await getDb().$executeRaw`ALTER TABLE waiting_receipts DISABLE TRIGGER USER`;
  await getDb().$executeRaw`DELETE FROM waiting_receipts`;
  await getDb().$executeRaw`ALTER TABLE waiting_receipts ENABLE TRIGGER USER`;
});

test("logs are extended together; one that cannot be holds up no other", async () => {
  const others = await Promise.all([makeWorkspace(), makeWorkspace(), makeWorkspace()]);
  for (const other of others) {
    await makeAction(other, { name: "go", policy: { type: "always_allow" } });
    await add(2, other);
  }
  expect(await sequenceWaiting()).toBe(false);
  const sizes = () =>
    Promise.all(
      others.map(async ({ workspaceId }) => Number((await getDb().receiptLog.findUniqueOrThrow({ where: { workspaceId } })).size)),
    );
  expect(await sizes()).toEqual([2, 2, 2]);
  const [broken] = others;
  await getDb().$executeRaw`UPDATE receipt_logs SET root_hash = sha256('x') WHERE workspace_id = ${broken?.workspaceId}::uuid`;
  for (const other of others) await add(1, other);
  await expect(sequenceWaiting()).rejects.toThrow(/was changed/);
  expect(await sizes()).toEqual([2, 3, 3]);
  await getDb().$executeRaw`UPDATE receipt_logs SET root_hash = (
    SELECT root_hash FROM receipt_checkpoints c WHERE c.workspace_id = receipt_logs.workspace_id AND c.size = receipt_logs.size) WHERE workspace_id = ${broken?.workspaceId}::uuid`;
  expect(await sequenceWaiting()).toBe(false);
  expect(await sizes()).toEqual([3, 3, 3]);
  for (const { workspaceId } of others) {
    expect((await placesOf(workspaceId)).map(({ logIndex }) => Number(logIndex))).toEqual([0, 1, 2]);
    expect(
      (await getDb().receiptCheckpoint.findMany({ where: { workspaceId }, orderBy: { size: "asc" } })).map(({ size }) => Number(size)),
    ).toEqual([2, 3]);
  }
});

test("keeps the hashes of whole subtrees in tiles of 256, over any of their ends", async () => {
  const { workspaceId } = await makeWorkspace();
  const before = 2 ** 16 - 300;
  const tree = await appendLeaves(
    sha256,
    EMPTY_TREE,
    Array.from({ length: before }, () => sha256(new Uint8Array())),
  );
  const head = {
    workspaceId,
    origin: "test",
    size: before,
    rootHash: await rootOf(sha256, tree),
    edge: new Uint8Array(Buffer.concat(tree.roots)),
    updatedAt: new Date(),
  };
  await getDb().receiptLog.create({ data: head });
  await getDb().$executeRaw`
    INSERT INTO receipts (id, workspace_id, kind, body, leaf_hash, created_at)
    SELECT gen_random_uuid(), ${workspaceId}::uuid, 'log_restarted', number::text, sha256('\\x00'::bytea || convert_to(number::text, 'UTF8')), now()
    FROM generate_series(1, 600) number`;
  expect(await sequenceReceipts(systemContext(workspaceId))).toBe(600);
  const tiles = await getDb().receiptLogTile.findMany({ where: { workspaceId }, orderBy: [{ level: "asc" }, { number: "asc" }] });
  // The tiles before are not there, as this log did not grow from its beginning.
  expect(tiles.map(({ level, number, hashes }) => [level, Number(number), hashes.length / 32])).toEqual([
    [1, 0, 2],
    [1, 1, 1],
    [2, 0, 1],
  ]);
});

test("readiness tells of a receipt that waits too long, until the worker's sequencer has been there", async () => {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "go", payload: {} });
  await getDb().$executeRaw`ALTER TABLE receipts DISABLE TRIGGER USER`;
  await getDb().$executeRaw`UPDATE receipts SET created_at = created_at - interval '11 seconds' WHERE run_id = ${runId}::uuid`;
  await getDb().$executeRaw`ALTER TABLE receipts ENABLE TRIGGER USER`;
  expect((await getReadiness()).checks.receipts).toMatchObject({ ok: false, detail: expect.stringContaining("10 seconds") });
  const sequencers = [startSequencer(), startSequencer()];
  await vi.waitFor(async () => expect((await getReadiness()).checks.receipts.ok).toBe(true), { timeout: 25_000, interval: 50 });
  await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
  await expectWhole(32);
});
