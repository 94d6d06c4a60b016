import type { Circumstances } from "@/lib/domain/policy/policy";
import { checked } from "@/lib/domain/runs/checked-texts";
import { appliedChange } from "@/lib/domain/runs/payload-change";

interface ProposedRun {
  readonly recipient: string | null;
  readonly actor: string | null;
  readonly sourceType: string | null;
  readonly sourceRef: string | null;
  readonly riskLevel: string | null;
  readonly createdAt: Date;
  readonly apiKey: { readonly name: string };
}

/** A run with the recipient that its policy looked at, before an approval with a change. */
export function asProposed<
  Run extends {
    readonly recipient: string | null;
    readonly payloadChanges: readonly { readonly appliedAt: Date | null; readonly proposedRecipient: string | null }[];
  },
>(run: Run): Run {
  const applied = appliedChange(run.payloadChanges);
  return applied ? { ...run, recipient: applied.proposedRecipient } : run;
}

/**
 * The inputs of a stored run's policy decision. They can be read later: key names never change, and the policy used the recorded values.
 */
export function circumstancesOf(run: ProposedRun): Circumstances {
  const { recipient, actor, sourceType, sourceRef, createdAt, apiKey } = run;
  return {
    recipient,
    actor,
    source: sourceType === null && sourceRef === null ? null : { type: sourceType, ref: sourceRef },
    key: apiKey.name,
    risk: checked(run).riskLevel,
    now: createdAt,
  };
}
