import { expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { expectOk, linkTokens, makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { untilWaiting } from "@/lib/testing/until-waiting";
import { startFreeze } from "./start-freeze";

const ANN = "ann@example.com";

test.each([
  ["an approval", 1, {}],
  ["one of several approvals", 2, {}],
  ["a change among several approvals", 2, { changes: { amount: "4" }, comment: "Less." }],
])("%s that has begun is recorded before a freeze, which waits for it", async (_what, approvals, more) => {
  const workspace = await makeWorkspace();
  const policy = { type: "always_require_approval" as const, changeableFields: [{ field: "amount", kind: "not_above" as const }] };
  await makeAction(workspace, { name: "pay", approverEmails: [ANN, "ben@example.com"], approvals, policy });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", payload: { amount: "5" }, accepts_changes: true });
  const link = (await linkTokens(runId)).get(ANN) ?? "";

  const { approving, freezing } = await getDb().$transaction(async (tx) => {
    // What the approval needs next is held by somebody else.
    await tx.$executeRaw`SELECT FROM approval_requests WHERE run_id = ${runId}::uuid FOR NO KEY UPDATE`;
    await tx.$executeRaw`SELECT FROM action_runs WHERE id = ${runId}::uuid FOR NO KEY UPDATE`;
    const approving = decideByLink(visitorContext(), link, { decision: "approve", comment: null, confirm: true, ...more });
    await untilWaiting(getDb());
    const freezing = startFreeze(workspace.ctx, { actionName: null, apiKeyId: null, reason: "Wrong IBANs", channel: "console" });
    expect(await Promise.race([freezing, untilWaiting(getDb(), 2)])).toBe("waiting");
    return { approving, freezing };
  });

  expectOk(await approving);
  const { frozenAt } = expectOk(await freezing);
  const { decision, votes } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, include: { decision: true, votes: true } });
  const recordedAt = (decision ?? votes[0])?.createdAt ?? expect.unreachable();
  expect(recordedAt.getTime()).toBeLessThanOrEqual(frozenAt.getTime());
});
