import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext } from "@/lib/auth/contexts";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Decision } from "@/lib/domain/runs/statuses";
import {
  asSdk,
  claimOk,
  endApprovalValidity,
  endApprovalWindow,
  endLease,
  expectOk,
  proposeOk,
  report,
  type TestWorkspace,
} from "./factories";

type Happening = (workspace: TestWorkspace, runId: string) => Promise<unknown>;

const decided =
  (decision: Decision): Happening =>
  (workspace, runId) =>
    decideRun(workspace.ctx, { runId, decision, comment: "Charged once." }).then(expectOk);
const approvedAndThen =
  (next: Happening): Happening =>
  (workspace, runId) =>
    decided("approve")(workspace, runId).then(() => next(workspace, runId));
const withdrawn: Happening = (workspace, runId) =>
  asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: "Paid by hand." })).then(expectOk);
const executed: Happening = (workspace, runId) => report(workspace, runId).then(expectOk);
const failed: Happening = (workspace, runId) => report(workspace, runId, { outcome: "failed", error: "The bank refused." }).then(expectOk);

/** What can happen to a run of an action that asks, or allows, before its key asks again. */
export const HAPPENED = {
  nothing: () => Promise.resolve(),
  rejected: decided("reject"),
  "blocked by a person": decided("block"),
  approved: decided("approve"),
  withdrawn,
  "withdrawn after an approval": approvedAndThen(withdrawn),
  executed,
  "executed after an approval": approvedAndThen(executed),
  failed,
  "failed after an approval": approvedAndThen(failed),
  expired: async (workspace, runId) => {
    await endApprovalWindow(runId);
    expectOk(await expireRun(systemContext(workspace.workspaceId), runId));
  },
  revoked: approvedAndThen((workspace, runId) => revokeApproval(workspace.ctx, { runId, comment: "Charged once." }).then(expectOk)),
  lapsed: approvedAndThen(async (workspace, runId) => {
    await endApprovalValidity(runId);
    await lapseApproval(systemContext(workspace.workspaceId), runId);
  }),
  "lapsed, but not recorded as lapsed": approvedAndThen((_, runId) => endApprovalValidity(runId)),
  claimed: claimOk,
  "in doubt": async (workspace, runId) => {
    await claimOk(workspace, runId);
    await endLease(runId);
  },
} as const satisfies Record<string, Happening>;

let keys = 0;

/** A run under a key of its own, what happened to it, and the request that asks again. */
export async function firstAttempt(
  workspace: TestWorkspace,
  action: string,
  happened: keyof typeof HAPPENED,
  payload: JsonObject = { amount: 1840 },
) {
  const request = { action, payload, idempotency_key: `key ${++keys}` };
  const { action_run_id: runId } = await proposeOk(workspace, request);
  await HAPPENED[happened](workspace, runId);
  return { request, runId, again: { ...request, ask_again: true } };
}
