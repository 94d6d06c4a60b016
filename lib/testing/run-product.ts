import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import {
  asSdk,
  claim,
  endApprovalValidity,
  endApprovalWindow,
  endLease,
  linkTokens,
  proposeOk,
  report,
  type TestWorkspace,
} from "./factories";
import { answerOf, type CarryOut } from "./run-history";

/** The product, behind the words of the model. */
export async function productOf(
  workspace: TestWorkspace,
  { runId, key, action }: { runId: string; key: string; action: string },
): Promise<CarryOut> {
  const links = action.startsWith("asked") ? await linkTokens(runId) : new Map<string, string>();
  return async (command, tokens) => {
    const token = "token" in command && command.token !== null ? (tokens.get(command.token) ?? "made up") : null;
    switch (command.type) {
      case "decide": {
        const { decision, by, id } = command;
        const outcome =
          by === "operator"
            ? await decideRun(workspace.ctx, { runId, decision, comment: `${id}` })
            : await decideByLink(visitorContext(), links.get(`${by}@example.com`) ?? "", { decision, comment: `${id}`, confirm: true });
        const winner = outcome.ok || outcome.code !== "already_decided" ? "" : ` ${String(outcome.fields?.comment ?? "lapse")}`;
        return { answer: answerOf(outcome) + winner };
      }
      case "withdraw": {
        const outcome = await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: `${command.id}` }));
        return { answer: outcome.ok && outcome.answer.idempotent_replay ? "replay" : answerOf(outcome) };
      }
      case "revoke": {
        const { by, id } = command;
        const outcome =
          by === "operator"
            ? await revokeApproval(workspace.ctx, { runId, comment: `${id}` })
            : await revokeByLink(visitorContext(), links.get(`${by}@example.com`) ?? "", { comment: `${id}`, confirm: true });
        return { answer: answerOf(outcome) };
      }
      case "expire":
        return { answer: (await expireRun(systemContext(workspace.workspaceId), runId)).ok ? "ok" : "refused" };
      case "lapse":
        return { answer: (await lapseApproval(systemContext(workspace.workspaceId), runId)) ? "ok" : "refused" };
      case "approval_ends":
        return endApprovalValidity(runId).then(() => ({ answer: "done" }));
      case "window_ends":
        return endApprovalWindow(runId).then(() => ({ answer: "done" }));
      case "lease_ends":
        return endLease(runId).then(() => ({ answer: "done" }));
      case "claim": {
        const outcome = await claim(workspace, runId);
        return { answer: answerOf(outcome), ...(outcome.ok && { token: outcome.answer.claim.token }) };
      }
      case "renew":
      case "release": {
        const use = { runId, claimToken: token ?? "", leaseSeconds: 60 };
        return {
          answer: answerOf(
            await asSdk<{ ok: true } | Exclude<Awaited<ReturnType<typeof releaseClaim>>, { ok: true }>>(workspace, (ctx) =>
              command.type === "renew" ? renewClaim(ctx, use) : releaseClaim(ctx, use),
            ),
          ),
        };
      }
      case "report": {
        const outcome = await report(workspace, runId, {
          outcome: command.outcome,
          error: command.outcome === "failed" ? "No." : null,
          claimToken: token,
        });
        return { answer: outcome.ok && outcome.answer.idempotent_replay ? "replay" : answerOf(outcome) };
      }
      case "settle":
        return { answer: answerOf(await settleRun(workspace.ctx, { runId, settlement: command.settlement, settledBy: "op@example.com" })) };
      case "replay": {
        const shown = await proposeOk(workspace, { action, payload: {}, idempotency_key: key });
        return { answer: `${shown.governance_status} ${shown.execution_status} ${shown.executable}` };
      }
      case "look": {
        const shown = await getRunStatus(visitorContext(), workspace.credentials, runId);
        return {
          answer: shown.ok ? `${shown.answer.governance_status} ${shown.answer.execution_status} ${shown.answer.executable}` : shown.code,
        };
      }
    }
  };
}
