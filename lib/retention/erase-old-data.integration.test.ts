import { beforeEach, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { MAX_KEPT_DAYS, MIN_KEPT_DAYS } from "@/lib/domain/access/limits";
import { verifyReceiptFile } from "@/lib/domain/log/verify-receipt-file";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import {
  ageRuns,
  atOnce,
  claim,
  claimOk,
  endLease,
  expectOk,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { tableContents } from "@/lib/testing/table-contents";
import { eraseOldData } from "./erase-old-data";
import { countPastRetention } from "./get-data-retention";
import { dataRetentionSchema } from "./schema";
import { setDataRetention } from "./set-data-retention";

let workspace: TestWorkspace;
let owner: Awaited<ReturnType<typeof makePerson>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  owner = await makePerson(workspace, "owner");
});

const keep = async (keptDays: number | null) => expectOk(await setDataRetention(owner.ctx, { keptDays }));
const eraseOld = () => eraseOldData(systemContext(null));
const count = async (keptDays: number) => expectOk(await countPastRetention(owner.ctx, { keptDays }));
const retention = () => getDb().dataRetention.findUniqueOrThrow({ where: { workspaceId: workspace.workspaceId } });

async function erasedOf(...runIds: string[]): Promise<string[]> {
  const runs = await getDb().actionRun.findMany({ where: { id: { in: runIds }, payloadText: null }, orderBy: { id: "asc" } });
  return runs.map(({ id }) => id);
}

const executed = async () => {
  const runId = await makeRun(workspace, "always_allow");
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { to: "Marguerite" } }));
  return runId;
};

describe("the personal data of old runs", () => {
  test("is erased once a run ended longer ago than it's kept, each with a receipt that verifies, and the activity says so", async () => {
    const [reported, blocked, unclaimed, young] = [
      await executed(),
      await makeRun(workspace, "always_block"),
      await makeRun(workspace, "always_allow"),
      await executed(),
    ];
    await ageRuns(31, reported, blocked, unclaimed);
    await ageRuns(29, young);
    await eraseOld();
    expect(await erasedOf(reported, blocked, unclaimed, young)).toEqual([]);

    expect(await count(30)).toEqual({ ok: true, runs: 3, isMore: false });
    await keep(30);
    await Promise.all([eraseOld(), eraseOld()]);
    expect(await erasedOf(reported, blocked, unclaimed, young)).toEqual([reported, blocked, unclaimed]);
    expect(await count(30)).toEqual({ ok: true, runs: 0, isMore: false });
    expect(await claim(workspace, unclaimed)).toMatchObject({ ok: false, code: "not_executable" });

    while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
    const { id, body } = await getDb().receipt.findFirstOrThrow({ where: { runId: reported, kind: "erasure" } });
    expect(JSON.parse(body)).toMatchObject({
      erased_by: owner.email,
      reason: "Stored for 30 days, as set in the workspace’s data retention.",
    });
    const file = await getReceiptFile(owner.ctx, id);
    expect((await verifyReceiptFile(nodeCheck, (await getLogKeys()).keys, file)).problems).toEqual([]);
    const events = await getDb().auditEvent.findMany({ where: { workspaceId: workspace.workspaceId, verb: "workspace.old_data_erased" } });
    expect(events.map(({ data, actorType }) => [actorType, data])).toEqual([["system", { runs: 3, days: 30 }]]);

    const after = await tableContents();
    await eraseOld();
    expect(await tableContents()).toEqual(after);
  });

  test("stays while it's needed, and is erased the first night after that", async () => {
    await keep(30);
    await makeAction(workspace, { name: "ask", approverEmails: [owner.email], approvalValidMinutes: 60 });
    const ask = async () => (await proposeOk(workspace, { action: "ask", payload: { amount: 1 } })).action_run_id;
    const [pending, approved] = [await ask(), await ask()];
    expectOk(await decideRun(owner.ctx, { runId: approved, decision: "approve", comment: null }));
    const held = await makeRun(workspace, "always_allow");
    const claimToken = await claimOk(workspace, held);
    const doubtful = await makeRun(workspace, "always_allow");
    await claimOk(workspace, doubtful);
    await endLease(doubtful);
    const last = await executed();
    const kept = [pending, approved, held, doubtful];
    await ageRuns(40, ...kept, last);
    await eraseOld();
    expect(await erasedOf(...kept, last)).toEqual([last]);
    // The walk goes on from before the first that is left.
    expect((await retention()).erasedUpTo < pending).toBe(true);

    expectOk(await report(workspace, held, { claimToken }));
    expectOk(await decideRun(owner.ctx, { runId: pending, decision: "reject", comment: null }));
    await eraseOld();
    expect(await erasedOf(...kept)).toEqual([]);
    await ageRuns(40, held, pending);
    await getDb().$executeRaw`UPDATE action_runs SET approval_valid_until = now() - interval '1 second' WHERE id = ${approved}::uuid`;
    await eraseOld();
    expect(await erasedOf(...kept)).toEqual([pending, approved, held]);
    expect((await retention()).erasedUpTo).toBe(held);
  });

  test("of the run that a standing grant compares others with stays as long as the grant", async () => {
    await keep(1);
    const approver = await makePerson(workspace, "approver");
    await makeAction(workspace, { name: "pay", title: "Pay a supplier" });
    const grantId = await giveGrant(workspace, { action: "pay", ctx: approver.ctx });
    const { runId } = await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } });
    expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId) }));
    await ageRuns(2, runId);
    await eraseOld();
    expect(await erasedOf(runId)).toEqual([]);
    expect((await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } })).endedAt).toBeNull();
  });

  test("is erased in batches, and the next night goes on where this one ended", async () => {
    await makeAction(workspace, { name: "log", policy: { type: "always_allow" } });
    const runIds: string[] = [];
    while (runIds.length < 430)
      runIds.push(...(await atOnce(43, async (n) => (await proposeOk(workspace, { action: "log", payload: { n } })).action_run_id)));
    await ageRuns(10, ...runIds);
    await keep(7);
    await eraseOld();
    expect(await erasedOf(...runIds)).toHaveLength(430);
    expect((await retention()).erasedUpTo).toBe([...runIds].sort().at(-1));
    expect(await count(7)).toMatchObject({ runs: 0 });
    const more = await executed();
    await ageRuns(8, more);
    await eraseOld();
    expect(await erasedOf(more)).toEqual([more]);
  });
});

describe("the setting", () => {
  test("is an owner's, and turning it off keeps what is there", async () => {
    const admin = await makePerson(workspace, "admin");
    await expect(setDataRetention(admin.ctx, { keptDays: 1 })).rejects.toThrow("not permitted: run.erase");
    await keep(MIN_KEPT_DAYS);
    await keep(MAX_KEPT_DAYS);
    for (const keptDays of [MIN_KEPT_DAYS - 1, MAX_KEPT_DAYS + 1]) {
      expect(dataRetentionSchema.safeParse({ keptDays }).success).toBe(false);
      await expect(setDataRetention(owner.ctx, { keptDays })).rejects.toThrow("data_retentions_kept_days_check");
    }
    await keep(null);
    const runId = await executed();
    await ageRuns(400, runId);
    await eraseOld();
    expect(await erasedOf(runId)).toEqual([]);
  });
});
