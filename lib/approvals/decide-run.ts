import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { inTransaction } from "@/lib/db/transaction";
import { refuse } from "@/lib/domain/refusals/refusal";
import { type Decision, decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { prepareGrant, type ReadyGrant, writeGrant } from "@/lib/grants/give-grant";
import type { GrantInput } from "@/lib/grants/schema";
import { type Actor, type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { castVote, needsVotes } from "./cast-vote";
import { checkDecisionRules } from "./check-decision-rules";
import { lockRequest } from "./lock-request";
import { mayDecide } from "./may-decide";
import { refuseUnasked } from "./refuse-unasked";
import { type DecidedRun, type DecisionOutcome, writeDecision } from "./write-decision";

/**
 * Records a person's decision on a pending run. The first one wins: one conditional UPDATE determines it, and the loser gets who it was.
 * Where several approvals are needed, an approval is a vote, and the last one decides.
 * Decision, receipt, audit event and the link's use are one transaction, and the grant that comes with an approval.
 */
export function decideRun(
  ctx: WorkspaceContext<Extract<Actor, { type: "user" | "decision_link" | "operator" }>>,
  { runId, decision, comment, grant = null }: { runId: string; decision: Decision; comment: string | null; grant?: GrantInput | null },
): Promise<DecisionOutcome> {
  const decidedBy = ctx.actor.email;
  if (decidedBy === null) return Promise.resolve(refuse("validation_failed", "Say who decides."));
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    const refusal = await checkDecisionRules(inner, { runId, decision, decidedBy, comment });
    if (refusal) return refusal;
    if (await needsVotes(inner, runId)) {
      if (decision === "approve" && grant !== null)
        return refuse("not_permitted", "This action needs several approvals, so each run is decided on its own.");
      if (decision === "approve") return castVote(inner, { runId, voter: decidedBy, comment });
      // Answers follow each other, so nobody ends a run after their own yes, or after their stage.
      await lockRequest(inner, { runId });
      if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    }
    const ready = grant === null ? null : await prepareGrant(inner, { runId, givenBy: decidedBy, input: grant });
    if (ready?.ok === false) return ready;
    const outcome = await writeDecision(inner, { runId, decision, effect: decisionEffect(decision), decidedBy, comment });
    if (outcome.ok && ready) await giveWith(inner, ready.grant, outcome.run);
    return outcome;
  });
}

function giveWith(ctx: WorkspaceContext, grant: ReadyGrant, { decidedAt: givenAt }: DecidedRun): Promise<void> {
  return writeGrant(ctx, grant, { channel: ctx.actor.type === "decision_link" ? "decision_link" : "console", givenAt });
}

/**
 * Blocks a pending run of a deleted workspace in the name of the member who deleted it. Checks no permission, because no one may decide
 * there anymore. Does nothing while the workspace exists.
 */
export function blockDeletedRun(ctx: MemberContext, { runId, comment }: { runId: string; comment: string }): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, async (tx) => {
    const { workspaceId, actor } = ctx;
    if ((await tx.workspace.count({ where: { id: workspaceId, deletedAt: { not: null } } })) === 0) return refuseUnknownRun();
    const answer = { decision: "block", effect: decisionEffect("block"), decidedBy: actor.email, comment } as const;
    return writeDecision(withDb(ctx, tx), { runId, ...answer });
  });
}

/** Expires a run that no one decided in time. Does nothing before its deadline. */
export function expireRun(ctx: WorkspaceContext<Extract<Actor, { type: "system" }>>, runId: string): Promise<DecisionOutcome> {
  return inTransaction(ctx.db, (tx) =>
    writeDecision(withDb(ctx, tx), { runId, decision: "expire", effect: EXPIRY_EFFECT, decidedBy: null, comment: null }),
  );
}
