import { Prisma } from "@/lib/db/generated/client";
import { databaseNow } from "@/lib/db/transaction";
import { hexText } from "@/lib/domain/log/byte-text";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import { type ReceiptFilter, type ReceiptListOutcome, receiptTimes } from "@/lib/domain/log/receipt-filter";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ListedReceipt {
  id: string;
  kind: ReceiptKind;
  /** What a decision receipt says, or the app reported; `erased` for an erasure, `restarted` for a restart of the log, `frozen` and `thawed`, `rejected` for a revocation, `approved` for a vote, `approval_revoked` for its revocation, `granted`, `grant_confirmed` and `grant_ended` for a standing grant. */
  outcome: string;
  /** The governance reason: from a decision receipt itself, from the run for the others. Null for a restart of the log. */
  reason: string | null;
  /** The run's current status; null for a restart of the log. */
  governanceStatus: string | null;
  executionStatus: string | null;
  /** Both null for a restart of the log, a freeze and a thaw, which belong to no run. */
  runId: string | null;
  actionName: string | null;
  /** The action's title when the run was proposed; null when no action of the name was registered. */
  actionTitle: string | null;
  amount: string | null;
  currency: string | null;
  recipient: string | null;
  /**
   * The person who decided or, for an erasure, erased, for a vote, voted, and for its revocation, revoked it. For a standing grant, who gave, confirmed or
   * revoked it. Null when a policy decided, the request expired, the operator restarted the log, or a grant ended without anyone revoking it.
   */
  decidedBy: string | null;
  worker: string | null;
  createdAt: Date;
  /** Its index in the log, from 0; null until the sequencer has placed it. */
  logIndex: number | null;
  /** Hex. */
  leafHash: string;
  body: string;
}

export interface ReceiptPage {
  receipts: ListedReceipt[];
  /** There are older ones. */
  hasMore: boolean;
  /** There are newer ones. */
  hasNewer: boolean;
}

interface Cursor {
  /** Only receipts older than this one. */
  before?: string;
  /** Only receipts newer than this one, the nearest first. */
  after?: string;
}

interface Row {
  id: string;
  kind: ReceiptKind;
  outcome: string;
  governance_status: string | null;
  execution_status: string | null;
  reason: string | null;
  run_id: string | null;
  action_name: string | null;
  action_title: string | null;
  amount: Prisma.Decimal | null;
  currency: string | null;
  recipient: string | null;
  decided_by: string | null;
  worker: string | null;
  created_at: Date;
  log_index: bigint | null;
  leaf_hash: Uint8Array;
  body: string;
}

/** A revoked decision keeps its receipt unchanged; the run shows the revocation. */
const isRevoked = Prisma.sql`(run.governance_reason IN ('withdrawn', 'approval_revoked', 'approval_lapsed') AND EXISTS (
  SELECT FROM revocations revocation WHERE revocation.workspace_id = run.workspace_id AND revocation.run_id = run.id))`;
const decided = (member: string, column: Prisma.Sql) =>
  Prisma.sql`CASE WHEN r.kind = 'decision' AND ${isRevoked} THEN r.body::jsonb ->> ${member} ELSE ${column} END`;
const status = decided("governance_status", Prisma.sql`run.governance_status`);
const reason = decided("reason", Prisma.sql`run.governance_reason`);
/** Who acted, according to the receipt. */
const person = Prisma.sql`CASE r.kind WHEN 'erasure' THEN r.body::jsonb ->> 'erased_by' WHEN 'freeze' THEN r.body::jsonb ->> 'frozen_by'
  WHEN 'thaw' THEN r.body::jsonb ->> 'thawed_by' WHEN 'vote' THEN r.body::jsonb ->> 'voter' WHEN 'vote_revocation' THEN r.body::jsonb ->> 'revoked_by'
  WHEN 'grant' THEN r.body::jsonb ->> 'given_by' WHEN 'grant_confirmation' THEN r.body::jsonb ->> 'confirmed_by' WHEN 'grant_end' THEN r.body::jsonb ->> 'ended_by' ELSE ${decided("decided_by", Prisma.sql`run.decided_by`)} END`;

/** What the receipt itself says happened. */
const outcome = Prisma.sql`CASE r.kind WHEN 'execution' THEN run.execution_status WHEN 'erasure' THEN 'erased' WHEN 'log_restarted' THEN 'restarted'
  WHEN 'freeze' THEN 'frozen' WHEN 'thaw' THEN 'thawed' WHEN 'vote' THEN 'approved' WHEN 'vote_revocation' THEN 'approval_revoked'
  WHEN 'grant' THEN 'granted' WHEN 'grant_confirmation' THEN 'grant_confirmed' WHEN 'grant_end' THEN 'grant_ended' ELSE ${status} END`;

/** Lists a page of the workspace's receipts, newest first. */
export function listReceipts(ctx: WorkspaceContext, filter: ReceiptFilter, cursor: Cursor, limit: number): Promise<ReceiptPage> {
  return readReceipts(ctx, filter, cursor, { limit, isPerRun: false });
}

/** Lists the newest receipt of each run, since a filter matches runs through any of their receipts. */
export function listReceiptedRuns(ctx: WorkspaceContext, filter: ReceiptFilter, cursor: Cursor, limit: number): Promise<ReceiptPage> {
  return readReceipts(ctx, filter, cursor, { limit, isPerRun: true });
}

async function readReceipts(
  ctx: WorkspaceContext,
  filter: ReceiptFilter,
  cursor: Cursor,
  { limit, isPerRun }: { limit: number; isPerRun: boolean },
): Promise<ReceiptPage> {
  await requirePermission(ctx, "receipt.read");
  const now = await databaseNow(ctx.db);
  const isForward = cursor.after === undefined;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT r.id, r.kind, ${outcome} AS outcome,
      ${reason} AS reason, run.governance_status, run.execution_status, r.run_id, run.action_name, run.action_title, run.amount, run.currency, run.recipient, ${person} AS decided_by,
      run.claim_worker AS worker, r.created_at, place.log_index, r.leaf_hash, r.body
    FROM receipts r LEFT JOIN receipt_places place ON place.receipt_id = r.id
      LEFT JOIN action_runs run ON run.workspace_id = r.workspace_id AND run.id = r.run_id
    WHERE r.workspace_id = ${ctx.workspaceId}::uuid
      ${Prisma.join(
        conditions(filter, cursor, { now, isPerRun }).map((condition) => Prisma.sql`AND ${condition}`),
        " ",
      )}
    ORDER BY r.id ${isForward ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${limit + 1}`;
  const page = rows.slice(0, limit).map(listed);
  const isFull = rows.length > limit;
  return {
    receipts: isForward ? page : page.reverse(),
    hasMore: isForward ? isFull : true,
    hasNewer: isForward ? cursor.before !== undefined : isFull,
  };
}

function conditions(filter: ReceiptFilter, cursor: Cursor, { now, isPerRun }: { now: Date; isPerRun: boolean }): Prisma.Sql[] {
  const { kinds = [], outcomes = [], actions = [], by } = filter;
  const { from, before } = receiptTimes(filter, now);
  const all: (Prisma.Sql | false)[] = [
    Prisma.sql`true`,
    cursor.before !== undefined && Prisma.sql`r.id < ${cursor.before}::uuid`,
    cursor.after !== undefined && Prisma.sql`r.id > ${cursor.after}::uuid`,
    isPerRun && isNewestOfRun,
    // The approvals of a pending run are shown with it; they belong to a document once it is decided.
    isPerRun && Prisma.sql`run.governance_status IS DISTINCT FROM 'pending_approval'`,
    kinds.length > 0 && (isPerRun ? hasReceiptOf(kinds) : Prisma.sql`r.kind = ANY(${[...kinds]}::text[])`),
    outcomes.length > 0 &&
      Prisma.sql`(${Prisma.join(
        outcomes.map((wanted) => outcomeCondition(wanted, isPerRun)),
        " OR ",
      )})`,
    actions.length > 0 && Prisma.sql`run.action_name = ANY(${[...actions]}::text[])`,
    by != null && byCondition(by, isPerRun),
    from !== null && Prisma.sql`r.id >= ${firstIdAt(from)}::uuid`,
    before !== null && Prisma.sql`r.id < ${firstIdAt(before)}::uuid`,
  ];
  return all.filter((condition) => condition !== false);
}

/** A restart of the log belongs to no run, so it is its own group. */
const isNewestOfRun = Prisma.sql`NOT EXISTS (
  SELECT FROM receipts later WHERE later.workspace_id = r.workspace_id AND later.run_id = r.run_id AND later.id > r.id)`;

function hasReceiptOf(kinds: readonly ReceiptKind[]): Prisma.Sql {
  return Prisma.sql`(r.kind = ANY(${[...kinds]}::text[]) OR EXISTS (
    SELECT FROM receipts other WHERE other.workspace_id = r.workspace_id AND other.run_id = r.run_id AND other.kind = ANY(${[...kinds]}::text[])))`;
}

function outcomeCondition(wanted: ReceiptListOutcome, isPerRun: boolean): Prisma.Sql {
  const isReport = wanted === "executed" || wanted === "failed";
  const column = isReport ? Prisma.sql`run.execution_status` : Prisma.sql`run.governance_status`;
  if (isPerRun) return Prisma.sql`${column} = ${wanted}`;
  return isReport
    ? Prisma.sql`r.kind = 'execution' AND ${column} = ${wanted}`
    : Prisma.sql`r.kind IN ('decision', 'revocation', 'vote') AND ${outcome} = ${wanted}`;
}

/** "policy" and "expiry" can't be confused with an email address, which has an @. "clock" is the old name of "expiry" in saved links. */
function byCondition(by: string, isPerRun: boolean): Prisma.Sql {
  if (by === "policy")
    return Prisma.sql`r.kind IN ('decision', 'execution') AND ${person} IS NULL AND ${reason} NOT IN ('approval_expired', 'withdrawn')`;
  if (by === "expiry" || by === "clock")
    return Prisma.sql`r.kind IN ('decision', 'execution', 'revocation') AND ${reason} IN ('approval_expired', 'approval_lapsed')`;
  const names = (column: Prisma.Sql) => Prisma.sql`strpos(lower(${column}), ${by.toLowerCase()}) > 0`;
  const isBy = names(person);
  if (!isPerRun) return isBy;
  // A run's row names one person; it is found by each of its approvers, and by those who gave and confirmed its grant.
  return Prisma.sql`(${isBy} OR EXISTS (SELECT FROM votes vote WHERE vote.workspace_id = r.workspace_id AND vote.run_id = r.run_id
    AND vote.revoked_at IS NULL AND ${names(Prisma.sql`vote.voter`)})
    OR EXISTS (SELECT FROM standing_grants g WHERE g.workspace_id = r.workspace_id AND g.run_id = r.run_id
    AND (${names(Prisma.sql`g.given_by`)} OR ${names(Prisma.sql`g.confirmed_by`)})))`;
}

function listed(row: Row): ListedReceipt {
  return {
    id: row.id,
    kind: row.kind,
    outcome: row.outcome,
    reason: row.reason,
    governanceStatus: row.governance_status,
    executionStatus: row.execution_status,
    runId: row.run_id,
    actionName: row.action_name,
    actionTitle: row.action_title,
    amount: row.amount?.toFixed() ?? null,
    currency: row.currency,
    recipient: row.recipient,
    decidedBy: row.decided_by,
    worker: row.worker,
    createdAt: row.created_at,
    logIndex: row.log_index === null ? null : Number(row.log_index),
    leafHash: hexText(row.leaf_hash),
    body: row.body,
  };
}
