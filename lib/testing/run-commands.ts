import { eraseRun } from "@/lib/action-runs/erase-run";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import {
  asSdk,
  claim,
  claimOk,
  endApprovalValidity,
  endApprovalWindow,
  endLease,
  linkToken,
  makePerson,
  makeRun,
  report,
  type TestWorkspace,
} from "./factories";

const pending = (workspace: TestWorkspace) => makeRun(workspace, "always_require_approval");
const held = async (workspace: TestWorkspace) => {
  const runId = await makeRun(workspace, "always_allow");
  return { runId, claimToken: await claimOk(workspace, runId) };
};

/** What becomes of runs: each ready to go, with who does it and what of it is written down. */
export function runCommands(workspaceOf: () => TestWorkspace) {
  return [
    [
      "run.decided",
      "operator",
      async () => {
        const runId = await pending(workspaceOf());
        return {
          run: () => decideRun(workspaceOf().ctx, { runId, decision: "block", comment: null }),
          subjectId: runId,
          data: { decision: "block", by: workspaceOf().ownerEmail, channel: "admin_cli" },
        };
      },
    ],
    [
      "run.decided",
      "user",
      async () => {
        const [runId, { ctx, email }] = [await pending(workspaceOf()), await makePerson(workspaceOf(), "approver")];
        return {
          run: () => decideRun(ctx, { runId, decision: "reject", comment: null }),
          subjectId: runId,
          data: { decision: "reject", by: email, channel: "console" },
        };
      },
    ],
    [
      "run.decided",
      "decision_link",
      async () => {
        const runId = await pending(workspaceOf());
        const token = await linkToken(runId);
        return {
          run: () => decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }),
          subjectId: runId,
          data: { decision: "approve", by: workspaceOf().ownerEmail, channel: "decision_link" },
        };
      },
    ],
    [
      "run.expired",
      "system",
      async () => {
        const runId = await pending(workspaceOf());
        await endApprovalWindow(runId);
        return {
          run: () => expireRun(systemContext(workspaceOf().workspaceId), runId),
          subjectId: runId,
          data: { decision: "expire", by: null, channel: "expiry" },
        };
      },
    ],
    [
      "run.withdrawn",
      "api_key",
      async () => {
        const runId = await makeRun(workspaceOf(), "always_allow");
        return {
          run: () => asSdk(workspaceOf(), (ctx) => withdrawRun(ctx, { runId, reason: "Paid by hand." })),
          subjectId: runId,
          data: { by: null, channel: "api", after: "allowed" },
        };
      },
    ],
    [
      "run.approval_revoked",
      "operator",
      async () => {
        const runId = await pending(workspaceOf());
        await decideRun(workspaceOf().ctx, { runId, decision: "approve", comment: null });
        return {
          run: () => revokeApproval(workspaceOf().ctx, { runId, comment: null }),
          subjectId: runId,
          data: { by: workspaceOf().ownerEmail, channel: "admin_cli", after: "approved" },
        };
      },
    ],
    [
      "run.reported_late",
      "api_key",
      async () => {
        const runId = await makeRun(workspaceOf(), "always_allow");
        await asSdk(workspaceOf(), (ctx) => withdrawRun(ctx, { runId, reason: "Paid by hand." }));
        return {
          run: () => report(workspaceOf(), runId, { outcome: "failed", error: "No." }),
          subjectId: runId,
          data: { outcome: "failed", reason: "withdrawn" },
        };
      },
    ],
    [
      "run.approval_lapsed",
      "system",
      async () => {
        const runId = await pending(workspaceOf());
        await decideRun(workspaceOf().ctx, { runId, decision: "approve", comment: null });
        await endApprovalValidity(runId);
        return {
          run: async () => ({ ok: await lapseApproval(systemContext(workspaceOf().workspaceId), runId) }),
          subjectId: runId,
          data: { by: null, channel: "expiry", after: "approved" },
        };
      },
    ],
    [
      "run.claimed",
      "api_key",
      async () => {
        const runId = await makeRun(workspaceOf(), "always_allow");
        return { run: () => claim(workspaceOf(), runId), subjectId: runId, data: { worker: "worker-1", lease_seconds: 60 } };
      },
    ],
    [
      "run.claim_renewed",
      "api_key",
      async () => {
        const claimed = await held(workspaceOf());
        await endLease(claimed.runId);
        return {
          run: () => asSdk(workspaceOf(), (ctx) => renewClaim(ctx, { ...claimed, leaseSeconds: 90 })),
          subjectId: claimed.runId,
          data: { lease_seconds: 90 },
        };
      },
    ],
    [
      "run.claim_released",
      "api_key",
      async () => {
        const claimed = await held(workspaceOf());
        return { run: () => asSdk(workspaceOf(), (ctx) => releaseClaim(ctx, claimed)), subjectId: claimed.runId };
      },
    ],
    [
      "run.reported",
      "api_key",
      async () => {
        const { runId, claimToken } = await held(workspaceOf());
        return { run: () => report(workspaceOf(), runId, { claimToken }), subjectId: runId, data: { outcome: "executed" } };
      },
    ],
    ...(["executed", "failed", "released"] as const).map(
      (settlement) =>
        [
          "run.settled",
          "operator",
          async () => {
            const { runId } = await held(workspaceOf());
            await endLease(runId);
            return {
              run: () => settleRun(workspaceOf().ctx, { runId, settlement, settledBy: "ann@example.com" }),
              subjectId: runId,
              data: { as: settlement, by: "ann@example.com" },
            };
          },
        ] as const,
    ),
    [
      "run.erased",
      "operator",
      async () => {
        const runId = await makeRun(workspaceOf(), "always_block");
        const said = { reason: "Asked for.", erasedBy: "ann@example.com" };
        return {
          run: () => eraseRun(workspaceOf().ctx, { runId, ...said }),
          subjectId: runId,
          data: { by: "ann@example.com", reason: "Asked for." },
        };
      },
    ],
  ] as const;
}
