import { delayFreezes } from "@/lib/action-runs/status/delay-freezes";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { decisionEffect, EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { prepareGrant, type ReadyGrant, writeGrant } from "@/lib/grants/give-grant";
import { type Actor, type MemberContext, type WorkspaceContext, withDb } from "@/lib/security/context";
import { castVote, lockPendingRun, needsVotes, refuseEnded } from "./cast-vote";
import { channelOf } from "./channel-of";
import { checkDecisionRules } from "./check-decision-rules";
import { lockRequest } from "./lock-request";
import { mayDecide } from "./may-decide";
import { prepareChange, refuseNoChange } from "./prepare-change";
import { refuseUnasked } from "./refuse-unasked";
import { refuseUnseenChange } from "./refuse-unseen-change";
import { writeChange } from "./write-change";
import { type DecisionOutcome, type PersonalDecision, writeDecision } from "./write-decision";

type Decider = Extract<Actor, { type: "user" | "decision_link" | "operator" }>;

/**
 * Records a person's decision on a pending run. The first one wins: one conditional UPDATE determines it, and the loser gets who it was.
 * Where several approvals are needed, an approval is a vote, and the last one decides.
 * Decision, receipt, audit event and the link's use are one transaction, and the grant that comes with an approval.
 */
export function decideRun(
  ctx: WorkspaceContext<Decider>,
  { runId, decision, comment, changes = null, payloadHash = null, grant = null }: PersonalDecision & { runId: string },
): Promise<DecisionOutcome> {
  const decidedBy = ctx.actor.email;
  if (decidedBy === null) return Promise.resolve(refuse("validation_failed", "Say who decides."));
  const reason = comment?.trim() ?? "";
  if (changes && decision === "block") return Promise.resolve(refuse("validation_failed", "A blocked request can't be changed."));
  if (grant !== null && decision !== "approve")
    return Promise.resolve(refuse("validation_failed", "The same can be allowed only with an approval."));
  if (grant !== null && changes)
    return Promise.resolve(refuse("not_permitted", "Approve the same for a request as it was proposed, without a change."));
  // Whoever meant to change something doesn't approve what was proposed.
  if (changes && Object.keys(changes).length === 0) return Promise.resolve(refuseNoChange());
  if (changes && reason === "") return Promise.resolve(refuseSilentChange());
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    if (decision === "approve") await delayFreezes(inner);
    if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    const refusal = await checkDecisionRules(inner, { runId, decision, decidedBy, comment });
    if (refusal) return refusal;
    if (await needsVotes(inner, runId)) {
      if (grant !== null) return refuse("not_permitted", "This action needs several approvals, so each run is decided on its own.");
      if (decision === "approve") return castVote(inner, { runId, voter: decidedBy, comment, changes, payloadHash });
      // Answers follow each other, so nobody ends a run after their own yes, or after their stage.
      await lockRequest(inner, { runId });
      if (!(await mayDecide(inner, runId, decidedBy))) return refuseUnasked(inner, runId, decidedBy);
    }
    const ready = grant === null ? null : await prepareGrant(inner, { runId, givenBy: decidedBy, input: grant });
    if (ready?.ok === false) return ready;
    const answer = { runId, decision, effect: decisionEffect(decision), decidedBy, comment };
    if (!changes && (decision !== "approve" || payloadHash === null)) return decideAndGive(inner, answer, ready?.grant ?? null);
    const run = await lockPendingRun(inner, runId);
    if (!run) return refuseEnded(inner, runId);
    const unseen = decision === "approve" ? await refuseUnseenChange(inner, run, { payloadHash, changesIt: changes !== null }) : null;
    if (unseen) return unseen;
    if (changes) {
      const prepared = await prepareChange(inner, { runId, typed: changes, isApproval: decision === "approve" });
      if (!prepared.ok) return prepared;
      const kind = decision === "approve" ? "change" : "proposal";
      const made = { kind, voteId: null, changedBy: decidedBy, reason, createdAt: await databaseNow(tx) } as const;
      await writeChange(inner, run, { ...made, change: prepared.change });
    }
    const outcome = await decideAndGive(inner, answer, ready?.grant ?? null);
    return outcome.ok ? outcome : rollBack(outcome);
  });
}

/** Writes the decision, and the grant that comes with an approval. */
async function decideAndGive(
  ctx: WorkspaceContext<Decider>,
  answer: Parameters<typeof writeDecision>[1],
  grant: ReadyGrant | null,
): Promise<DecisionOutcome> {
  const outcome = await writeDecision(ctx, answer);
  if (!outcome.ok || !grant) return outcome;
  const refusal = await writeGrant(ctx, grant, { channel: channelOf(ctx), givenAt: outcome.run.decidedAt });
  return refusal ? rollBack(refusal) : outcome;
}

export function refuseSilentChange(): Refusal {
  const message = "Say why. The agent sees the reason of every change.";
  return refuseField("comment", message);
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
