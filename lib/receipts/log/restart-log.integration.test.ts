import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { disconnectDb, getDb } from "@/lib/db/client";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { resetEnvCache } from "@/lib/env";
import { getLogRestart } from "@/lib/receipts/document/get-log-restart";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { listReceipts } from "@/lib/receipts/document/list-receipts";
import { withDb } from "@/lib/security/context";
import { afterStatement } from "@/lib/testing/after-statement";
import { copyTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { atOnce, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { runAdmin } from "@/scripts/admin/commands/run-admin";
import { getLogConsistency } from "./get-log-consistency";
import { getNewestCheckpoint } from "./get-newest-checkpoint";
import { getLogKeys } from "./log-keys";
import { nodeCheck } from "./node-check";
import { restartLog } from "./restart-log";

const dir = mkdtempSync(join(tmpdir(), "daai-restart-"));
afterAll(() => rmSync(dir, { recursive: true }));

let workspace: TestWorkspace;
let empty: TestWorkspace;
/** Both of the moment when the log had three receipts; it had five when the database was lost. */
let backups: [TestDatabase, TestDatabase];
let takenAt: Date;
let lost: { early: string; last: string; file: string };

const ctx = () => operatorContext(workspace.workspaceId);
const newest = async () => (await getNewestCheckpoint(ctx())) ?? { size: 0, note: "" };
const originOf = (note: string) => note.split("\n")[0] ?? "";
const restarts = (workspaceId = workspace.workspaceId) => getDb().receipt.findMany({ where: { workspaceId, kind: "log_restarted" } });

async function add(count: number): Promise<void> {
  await atOnce(count, (made) => proposeOk(workspace, { action: "go", payload: { made } }));
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
}

async function fileAt(logIndex: number): Promise<string> {
  const { receiptId } = await getDb().receiptPlace.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, logIndex } });
  return fileOf(receiptId);
}

const fileOf = async (receiptId: string) => JSON.stringify(await getReceiptFile(ctx(), receiptId));

const verify = async (content: string, kept: string[] = []) =>
  verifyEvidence(nodeCheck, (await getLogKeys()).keys, new TextEncoder().encode(content), kept);

async function restore({ url }: TestDatabase): Promise<void> {
  await disconnectDb();
  process.env.DATABASE_URL = url;
  resetEnvCache();
}

async function admin(...args: string[]) {
  let text = "";
  const write = (part: string) => void (text += part);
  return { code: await runAdmin(args, { out: write, err: write }), text };
}

beforeAll(async () => {
  [workspace, empty] = [await makeWorkspace(), await makeWorkspace()];
  await makeAction(workspace, { name: "go", policy: { type: "always_allow" } });
  await add(3);
  const { note: early } = await newest();
  const url = process.env.DATABASE_URL ?? "";
  await disconnectDb();
  backups = [await copyTestDatabase(url), await copyTestDatabase(url)];
  takenAt = new Date();
  await add(2);
  lost = { early, last: (await newest()).note, file: await fileAt(0) };
  await restore(backups[0]);
});

test("is shown before it is done, and leaves nothing behind when it dies half-way", async () => {
  expect(await admin("log", "restart", "--backup", takenAt.toISOString())).toMatchObject({
    code: 0,
    text: expect.stringContaining("Nothing was changed"),
  });
  expect(await admin("log", "restart", "--backup", "2999-01-01", "--confirm")).toMatchObject({
    code: 1,
    text: expect.stringContaining("future"),
  });
  for (let statement = 1; statement <= 8; statement++) {
    const dying = getDb().$transaction(async (tx) => {
      const handle = afterStatement(statement, () => Promise.reject(new Error("killed")), tx);
      await restartLog(withDb(ctx(), handle), takenAt);
    });
    await expect(dying).rejects.toThrow("killed");
  }
  expect(await restarts()).toEqual([]);
  expect(await newest()).toMatchObject({ size: 3, note: lost.early });
  await expect(getDb().$executeRaw`UPDATE receipt_logs SET origin = 'another'`).rejects.toThrow(/only with a receipt/);
});

test("happens once for a backup, in every workspace, also one whose log is empty", async () => {
  const both = await Promise.all([restartLog(ctx(), takenAt), restartLog(ctx(), takenAt)]);
  expect(both.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  for (const done of [/before/, /before/]) {
    const { code, text } = await admin("log", "restart", "--backup", takenAt.toISOString(), "--confirm");
    expect([code, text]).toEqual([0, expect.stringMatching(done)]);
  }
  expect([await restarts(), await restarts(empty.workspaceId)].map((receipts) => receipts.length)).toEqual([1, 1]);
  expect((await getLogRestart(operatorContext(empty.workspaceId), (await restarts(empty.workspaceId))[0]?.id ?? ""))?.says).toMatchObject({
    earlier_size: 0,
  });
});

test("what was proved before holds, and what comes now is proved under the new origin", async () => {
  await add(2);
  const [restart] = await restarts();
  const { note, size } = await newest();
  expect([originOf(note), size]).toEqual([`${originOf(lost.early)}/${restart?.id}`, 6]);
  for (const file of [lost.file, await fileAt(0), await fileAt(5), await fileOf(restart?.id ?? "")]) {
    expect((await verify(file)).problems).toEqual([]);
  }
  const { receipts } = await listReceipts(ctx(), { kinds: ["log_restarted"] }, {}, 10);
  expect(receipts).toMatchObject([{ id: restart?.id, outcome: "restarted", runId: null, logIndex: 3 }]);
});

test("whoever kept a checkpoint is told what is lost, and no witness takes the new log for the old one", async () => {
  const path = join(dir, "log.tar");
  expect(await admin("log", "export", "--workspace", workspace.workspaceId, "--to", path)).toMatchObject({ code: 0 });
  expect(await admin("log", "verify", "--workspace", workspace.workspaceId)).toMatchObject({ code: 0 });
  const check = (kept: string) => {
    writeFileSync(join(dir, "kept.txt"), kept.trim());
    return admin("receipts", "verify", path, "--checkpoint", join(dir, "kept.txt"));
  };
  expect(await check(lost.early)).toMatchObject({
    code: 0,
    text: expect.stringMatching(/begins with everything.*nothing was lost when the log was restarted after 3 receipts/s),
  });
  expect(await check(lost.last)).toMatchObject({
    code: 1,
    text: expect.stringMatching(/restarted after 3 receipts, from a backup of .* and you kept a checkpoint of 5: 2 receipts are lost/),
  });
  // What an SDK that keeps the larger checkpoint gets: another origin, which it refuses until someone accepts it.
  const { checkpoint } = await getLogConsistency(ctx(), 5);
  expect(originOf(checkpoint ?? "")).not.toBe(originOf(lost.last));
});

test("restoring the same backup again starts another origin", async () => {
  const first = originOf((await newest()).note);
  await restore(backups[1]);
  const { says, isNew } = await restartLog(ctx(), takenAt);
  expect([isNew, says.earlier_origin]).toEqual([true, originOf(lost.early)]);
  expect(originOf((await newest()).note)).not.toBe(first);
});
