import { isInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import { Prisma } from "@/lib/db/generated/client";
import type { ExecutionFilter } from "@/lib/domain/runs/run-search";
import { isForRecipient } from "./recipient-sql";
import type { RunFilter } from "./run-filter";
import { likePattern, searchWords } from "./search-text";

type Sql = Prisma.Sql;

/** All fields that a text search covers, joined into one text. */
const searched = Prisma.sql`concat_ws(' ', run.id, run.action_name, run.action_title, run.idempotency_key, run.actor,
  run.recipient, run.source_ref, run.sentence, run.payload_text,
  -- What was proposed is found, and what was approved.
  CASE WHEN run.approved_payload_hash IS NOT NULL THEN (SELECT change.payload_text FROM payload_changes change
    WHERE change.workspace_id = run.workspace_id AND change.run_id = run.id AND change.applied_at IS NOT NULL) END)`;

/** Translates a filter on `run` to SQL. */
export function runConditions(filter: RunFilter): Sql {
  const { governance = [], execution = [], endings = [], actions = [], actors = [], recipient, ids } = filter;
  const conditions = [
    governance.length > 0 && Prisma.sql`run.governance_status = ANY(${[...governance]}::text[])`,
    execution.length > 0 && Prisma.sql`(${Prisma.join(execution.map(executionCondition), " OR ")})`,
    endings.length > 0 && Prisma.sql`run.governance_reason = ANY(${[...endings]}::text[])`,
    actions.length > 0 && Prisma.sql`run.action_name = ANY(${[...actions]}::text[])`,
    actors.length > 0 && Prisma.sql`run.actor = ANY(${[...actors]}::text[])`,
    recipient && isForRecipient(recipient),
    filter.createdFrom && Prisma.sql`run.created_at >= ${filter.createdFrom}::timestamptz`,
    filter.createdBefore && Prisma.sql`run.created_at < ${filter.createdBefore}::timestamptz`,
    filter.amountMin && Prisma.sql`run.amount >= ${filter.amountMin}::numeric`,
    filter.amountMax && Prisma.sql`run.amount <= ${filter.amountMax}::numeric`,
    filter.currency && Prisma.sql`run.currency = ${filter.currency}`,
    ids && Prisma.sql`run.id = ANY(${[...ids]}::uuid[])`,
    ...(filter.text ? textConditions(filter.text) : []),
  ];
  const given = conditions.filter((condition): condition is Sql => condition instanceof Prisma.Sql);
  return given.length === 0 ? Prisma.sql`true` : Prisma.join(given, " AND ");
}

function executionCondition(word: ExecutionFilter): Sql {
  if (word === "in_doubt") return isInDoubt;
  if (word === "awaiting_execution_report") return Prisma.sql`(run.execution_status = ${word} AND NOT ${isInDoubt})`;
  return Prisma.sql`run.execution_status = ${word}`;
}

/** Requires every word to occur in the run `run`, in any order and case. */
export function textConditions(text: string): Sql[] {
  return searchWords(text).map((word) => Prisma.sql`${searched} ILIKE ${likePattern(word)}`);
}
