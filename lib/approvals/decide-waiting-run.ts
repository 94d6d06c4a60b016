import { decidingContext } from "@/lib/auth/deciding-context";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Approvals } from "@/lib/domain/runs/approvals";
import { checked } from "@/lib/domain/runs/checked-texts";
import { needsSecondStep } from "@/lib/domain/runs/second-step";
import type { Decision } from "@/lib/domain/runs/statuses";
import type { MemberContext, UserContext } from "@/lib/security/context";
import { decideRun } from "./decide-run";
import type { DecidedRun, PersonalDecision } from "./write-decision";

interface Answer extends PersonalDecision {
  /** Whether the second step was taken. */
  isConfirmed: boolean;
}

/** Records a signed-in person's decision on one run of their queue. The session identifies the person. */
export async function decideWaitingRun(
  user: UserContext,
  { isConfirmed, ...answer }: Answer & { runId: string },
): Promise<{ ok: true; run: DecidedRun } | Refusal> {
  const { runId, decision } = answer;
  const ctx = await decidingContext(user, runId);
  if (!ctx) return refuse("run_not_found", "Run not found. It may have been decided, or you can't decide it.");
  if (!isConfirmed && (await asksForSecondStep(ctx, runId, decision))) return refuseUnconfirmed();
  const outcome = await decideRun(ctx, answer);
  return outcome.ok ? outcome : withName(user, outcome);
}

/** Uses the risk stored when the run was proposed, as its card shows it. */
async function asksForSecondStep({ db }: MemberContext, runId: string, decision: Decision): Promise<boolean> {
  const select = { riskLevel: true, action: { select: { riskLevel: true } } };
  const run = checked(await db.actionRun.findUnique({ where: { id: runId }, select }));
  const riskLevel = run?.riskLevel ?? checked(run?.action ?? null)?.riskLevel;
  return riskLevel != null && needsSecondStep(decision, riskLevel);
}

function refuseUnconfirmed(): Refusal {
  return refuse("validation_failed", "Approving a critical run takes a second step: confirm that you've checked it.", {
    fields: { errors: [{ path: "isConfirmed", message: "Confirm that you've checked the run." }] },
  });
}

/** Adds the decider's name, by which readers know them. */
async function withName({ db }: UserContext, refusal: Refusal): Promise<Refusal> {
  const email = refusal.fields?.decided_by;
  if (typeof email !== "string") return refusal;
  const person = await db.user.findUnique({ where: { email }, select: { name: true } });
  return { ...refusal, fields: { ...refusal.fields, decided_by_name: person?.name ?? null } };
}

/**
 * Records the same decision on several runs independently: one that was decided meanwhile or needs more input doesn't block the others.
 * Sequential, so that a long list can't take all connections.
 */
export async function decideWaitingRuns(user: UserContext, { runIds, ...answer }: Answer & { runIds: readonly string[] }) {
  const outcomes: ({ runId: string } & ({ ok: true; pending: Approvals | null } | Refusal))[] = [];
  for (const runId of runIds) {
    const outcome = await decideWaitingRun(user, { ...answer, runId });
    outcomes.push(outcome.ok ? { runId, ok: true, pending: pendingOf(outcome.run) } : { ...outcome, runId });
  }
  return { ok: true as const, outcomes };
}

/** How far the run is, if it needs other approvals too. */
function pendingOf({ effect, approvals }: DecidedRun): Approvals | null {
  return effect.governanceStatus === "pending_approval" ? (approvals ?? null) : null;
}
