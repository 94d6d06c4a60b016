import { decidingContext } from "@/lib/auth/deciding-context";
import type { UserContext } from "@/lib/security/context";
import { refuse, type Refusal } from "@/lib/domain/refusals/refusal";
import type { Decision } from "@/lib/domain/runs/statuses";
import { decideRun, type DecidedRun } from "./decide-run";

interface Answer {
  decision: Decision;
  comment: string | null;
}

/** A signed-in person's answer to one run of their queue. The session is what tells who decides. */
export async function decideWaitingRun(
  user: UserContext,
  { runId, decision, comment }: Answer & { runId: string },
): Promise<{ ok: true; run: DecidedRun } | Refusal> {
  const ctx = await decidingContext(user, runId);
  if (!ctx) return refuse("run_not_found", "There is no run here that you may decide, or not any more.");
  const outcome = await decideRun(ctx, { runId, decision, comment });
  return outcome.ok ? outcome : withName(user, outcome);
}

/** Who was faster is told by name: people know each other by it. */
async function withName({ db }: UserContext, refusal: Refusal): Promise<Refusal> {
  const email = refusal.fields?.decided_by;
  if (typeof email !== "string") return refusal;
  const person = await db.user.findUnique({ where: { email }, select: { name: true } });
  return { ...refusal, fields: { ...refusal.fields, decided_by_name: person?.name ?? null } };
}

/**
 * The same answer to several runs, each for itself: what somebody else was faster with, or what asks for more, does not hold up
 * the others. One after the other, so that many at once cannot take all connections.
 */
export async function decideWaitingRuns(user: UserContext, { runIds, ...answer }: Answer & { runIds: readonly string[] }) {
  const outcomes: ({ runId: string } & ({ ok: true } | Refusal))[] = [];
  for (const runId of runIds) {
    const outcome = await decideWaitingRun(user, { ...answer, runId });
    outcomes.push(outcome.ok ? { runId, ok: true } : { ...outcome, runId });
  }
  return { ok: true as const, outcomes };
}
