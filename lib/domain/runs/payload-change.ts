import type { JsonPatchOperation } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";

/** A change to a run's payload: one that stands, or one that a person proposed with a rejection. */
export interface PayloadChangeView {
  readonly kind: "change" | "proposal";
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  /** null: erased. */
  readonly changes: readonly JsonPatchOperation[] | null;
  /** The payload after it. */
  readonly payload: JsonObject | null;
  /** What the agent wanted before the change; null: erased. */
  readonly proposedSentence: string | null;
  readonly sentence: string | null;
}

interface ChangeRow {
  readonly kind: string;
  readonly voteId: string | null;
  readonly changedBy: string;
  readonly createdAt: Date;
  readonly reason: string;
  readonly changesText: string | null;
  readonly payloadText: string | null;
  readonly proposedSentence: string | null;
  readonly sentence: string | null;
  readonly appliedAt: Date | null;
}

interface ChangedRun<Row> {
  readonly governanceStatus: string;
  readonly acceptsChanges: boolean;
  /** In the order in which they were made. */
  readonly payloadChanges: readonly Row[];
  readonly votes: readonly { readonly id: string; readonly revokedAt: Date | null }[];
}

/** The change that a run was approved with. */
export function appliedChange<Row extends { readonly appliedAt: Date | null }>(changes: readonly Row[]): Row | undefined {
  return changes.find(({ appliedAt }) => appliedAt !== null);
}

/** What a run was changed to, as `daai_current_change` in SQL. A test compares the two. */
export function currentChange<Row extends ChangeRow>(run: ChangedRun<Row>): Row | null {
  if (!run.acceptsChanges) return null;
  const stands = (id: string) => run.votes.some((vote) => vote.id === id && vote.revokedAt === null);
  const isCurrent = ({ kind, voteId, appliedAt }: Row) =>
    kind === "change" && (run.governanceStatus === "pending_approval" ? voteId === null || stands(voteId) : appliedAt !== null);
  return run.payloadChanges.findLast(isCurrent) ?? null;
}

/** What the decision says about the payload, as `daai_decision_changes` in SQL: the change that was approved, or was proposed with a no. */
export function decidedChange<Row extends ChangeRow>(run: ChangedRun<Row> & { readonly governanceReason: string }): Row | null {
  if (run.governanceStatus === "pending_approval") return null;
  const proposal = run.governanceReason === "rejected_by_human" ? run.payloadChanges.find(({ kind }) => kind === "proposal") : undefined;
  return proposal ?? currentChange(run);
}

export function changeView(row: ChangeRow): PayloadChangeView {
  return {
    kind: row.kind as PayloadChangeView["kind"],
    by: row.changedBy,
    at: row.createdAt,
    reason: row.reason,
    // They were written by patchText and from a payload.
    changes: row.changesText === null ? null : (JSON.parse(row.changesText) as JsonPatchOperation[]),
    payload: row.payloadText === null ? null : (JSON.parse(row.payloadText) as JsonObject),
    proposedSentence: row.proposedSentence,
    sentence: row.sentence,
  };
}
