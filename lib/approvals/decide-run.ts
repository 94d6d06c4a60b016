import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { inTransaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/domain/refusals/refusal";
import { type Decision, decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { type Actor, type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { checkDecisionRules } from "./check-decision-rules";
import { mayDecide } from "./may-decide";
import { type DecisionOutcome, writeDecision } from "./write-decision";

/**
 * A person's answer to a pending run. First answer wins: one conditional UPDATE decides who was first, and the loser is
 * told who it was. Decision, receipt, audit event and the use of the link are one transaction with it.
 */
export function decideRun(
  ctx: WorkspaceContext<Extract<Actor, { type: "user" | "decision_link" | "operator" }>>,
  { runId, decision, comment }: { runId: string; decision: Decision; comment: string | null },
): Promise<DecisionOutcome> {
  const decidedBy = ctx.actor.email;
  if (decidedBy === null) return Promise.resolve(refuse("validation_failed", "Say who decides."));
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (!(await mayDecide(inner, runId, decidedBy))) {
      return refuse(
        "run_not_found",
        `Run not found, or ${decidedBy} can't decide it. Ask an approver of the action, or give them a role that can decide.`,
      );
    }
    const refusal = await checkDecisionRules(inner, { runId, decision, decidedBy, comment });
    return refusal ?? writeDecision(inner, { runId, decision, effect: decisionEffect(decision), decidedBy, comment });
  });
}

/**
 * The answer to what waits in a workspace that was deleted, in the name of who deleted it: nobody may decide there any more, so
 * that this asks nobody's permission. Does nothing while the workspace is there.
 */
export function blockDeletedRun(ctx: MemberContext, { runId, comment }: { runId: string; comment: string }): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, async (tx) => {
    const { workspaceId, actor } = ctx;
    if ((await tx.workspace.count({ where: { id: workspaceId, deletedAt: { not: null } } })) === 0) return refuseUnknownRun();
    const answer = { decision: "block", effect: decisionEffect("block"), decidedBy: actor.email, comment } as const;
    return writeDecision(withDb(ctx, tx), { runId, ...answer });
  });
}

/** The clock's answer: nobody decided in time. Does nothing to a run whose time is not over. */
export function expireRun(ctx: WorkspaceContext<Extract<Actor, { type: "system" }>>, runId: string): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, (tx) =>
    writeDecision(withDb(ctx, tx), { runId, decision: "expire", effect: EXPIRY_EFFECT, decidedBy: null, comment: null }),
  );
}
