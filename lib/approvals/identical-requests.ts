import { Prisma } from "@/lib/db/generated/client";
import { MAX_AT_ONCE } from "@/lib/domain/access/limits";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { GENERATED_KEY_PREFIX } from "@/lib/domain/runs/generated-key";
import type { AnyContext, UserContext } from "@/lib/security/context";

/** Whether the app gave the run `run` no idempotency key of its own. */
const isKeyless = Prisma.sql`(run.idempotency_key IS NULL OR starts_with(run.idempotency_key, ${GENERATED_KEY_PREFIX}))`;

/** What somebody changed the run `run` to; null: it is decided on as it was proposed. */
const changedHash = Prisma.sql`CASE WHEN run.accepts_changes THEN (SELECT change.payload_hash FROM daai_current_change(run) change) END`;

/**
 * What pending runs have in common that ask for the same thing: the same API key proposed the same payload for the same action, without an
 * idempotency key to say whether it is one thing or several, and nobody changed one of them. Any other run is identical to itself alone.
 */
export const identity = Prisma.sql`CASE WHEN ${isKeyless}
  THEN concat_ws(' ', run.api_key_id, run.action_name, encode(run.payload_hash, 'hex'), encode(${changedHash}, 'hex')) ELSE run.id::text END`;

/** The pending runs `run` identical to the run `one`. */
const isIdentical = Prisma.sql`run.workspace_id = one.workspace_id AND run.action_name = one.action_name AND run.payload_hash = one.payload_hash
  AND ${changedHash} IS NOT DISTINCT FROM one.changed_hash AND run.api_key_id = one.api_key_id AND run.governance_status = 'pending_approval' AND run.expires_at > now() AND run.id <> one.id AND ${isKeyless}`;

function keyless(runIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`(SELECT run.*, ${changedHash} AS changed_hash FROM action_runs run WHERE run.id = ANY(${[...runIds]}::uuid[]) AND ${isKeyless})`;
}

/** By run: the other pending requests identical to it that this person may decide, oldest first, as many as are decided at once. */
export async function findIdentical({ db, actor }: UserContext, runIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = await db.$queryRaw<{ run_id: string; other_id: string }[]>`
    SELECT one.id AS run_id, other.id AS other_id FROM ${keyless(runIds)} one
    CROSS JOIN LATERAL (
      -- OFFSET 0 keeps the planner from walking all runs of the action in the order of their ids.
      SELECT found.id FROM (SELECT run.id FROM action_runs run WHERE ${isIdentical} OFFSET 0) found
      ORDER BY found.id LIMIT ${MAX_AT_ONCE - 1}) other
    ORDER BY other.id`;
  if (found.length === 0) return new Map();
  const mine = await db.$queryRaw<{ run_id: string }[]>`
    SELECT run_id FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, NULL) WHERE run_id = ANY(${found.map((row) => row.other_id)}::uuid[])`;
  const decidable = new Set(mine.map((row) => row.run_id));
  const identical = new Map<string, string[]>();
  for (const { run_id: runId, other_id: other } of found) {
    if (decidable.has(other)) identical.set(runId, [...(identical.get(runId) ?? []), other]);
  }
  return identical;
}

/** How many other pending requests that ask the same approver are identical to this one. For emails and the page of a link. */
export async function countIdentical(
  { db }: AnyContext,
  { runId, approverEmail }: { runId: string; approverEmail: string },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM ${keyless([runId])} one JOIN action_runs run ON ${isIdentical}
    JOIN approval_requests request ON request.run_id = run.id AND ${approverEmail} = ANY(request.approver_emails)`;
  return row?.count ?? 0;
}
