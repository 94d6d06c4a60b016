import type { RunStory } from "./get-run-story";
import type { RunStep } from "./run-step";

const SAME_MOMENT_MS = 2000;

export function claimSteps({ auditEvents, claimedAt, claimWorker, claimExpiresAt, claimRenewedAt }: RunStory): RunStep[] {
  const steps: RunStep[] = [];
  for (const { verb, data, createdAt: at } of auditEvents) {
    const { worker, lease_seconds: seconds, as, by, outcome } = (data ?? {}) as Record<string, unknown>;
    const step = { at, kind: "claim", tone: null } as const;
    if (verb === "run.claimed") steps.push({ ...step, title: "Claimed", rest: `by worker ${String(worker)} for ${String(seconds)} s` });
    if (verb === "run.claim_renewed") steps.push({ ...step, title: "Claim renewed", rest: `for ${String(seconds)} s` });
    if (verb === "run.claim_released") steps.push({ ...step, title: "Claim released", rest: "before execution" });
    if (verb === "run.reported_late") {
      const note = "It may have been executed although it could no longer run, because the app executes without claiming.";
      steps.push({ at, kind: "outcome", tone: "stop", title: `Reported as ${String(outcome)} too late`, rest: "by the app", note });
    }
    if (verb === "run.settled" && as === "released") steps.push({ ...step, title: "Released for another try", rest: `by ${String(by)}` });
  }
  // A claim made with the proposal has no separate event.
  const isTold = auditEvents.some(
    ({ verb, createdAt }) => verb === "run.claimed" && Math.abs(createdAt.getTime() - (claimedAt?.getTime() ?? 0)) < SAME_MOMENT_MS,
  );
  const leaseFrom = (at: Date) => (claimExpiresAt ? Math.round((claimExpiresAt.getTime() - at.getTime()) / 1000) : null);
  if (claimedAt && !isTold) {
    // The first lease is unknown once the claim was renewed.
    const seconds = claimRenewedAt ? null : leaseFrom(claimedAt);
    steps.push({
      at: claimedAt,
      kind: "claim",
      tone: null,
      title: "Claimed",
      rest: `by worker ${claimWorker ?? "unknown"}${seconds === null ? "" : ` for ${seconds} s`}`,
    });
  }
  const isRenewalTold = auditEvents.some(
    ({ verb, createdAt }) =>
      verb === "run.claim_renewed" && Math.abs(createdAt.getTime() - (claimRenewedAt?.getTime() ?? 0)) < SAME_MOMENT_MS,
  );
  if (claimRenewedAt && !isRenewalTold) {
    const rest = `most recently for ${leaseFrom(claimRenewedAt)} s`;
    steps.push({ at: claimRenewedAt, kind: "claim", tone: null, title: "Claim renewed", rest });
  }
  return steps;
}

export function endOfClaimStep({ claimState, claimExpiresAt: at }: RunStory): RunStep | null {
  if (at === null || (claimState !== "in_doubt" && claimState !== "lapsed")) return null;
  const step = { at, tone: "wait", title: "Claim expired without a report" } as const;
  if (claimState === "lapsed") {
    const note = "The action is safe to execute twice.";
    return { ...step, kind: "claim", rest: "so another worker can claim the run", note };
  }
  const note = "The worker may or may not have run it. Someone needs to check and settle it.";
  return { ...step, kind: "doubt", rest: "the run is in doubt", note };
}
