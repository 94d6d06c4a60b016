import { Prisma } from "@/lib/db/generated/client";
import { hexText } from "@/lib/domain/log/byte-text";
import type { ReceiptKind } from "@/lib/domain/log/receipt-body";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { DAY_MS } from "@/lib/domain/time/units";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { ReceiptFilter } from "./schema";

export interface ListedReceipt {
  id: string;
  kind: ReceiptKind;
  /** The run's, unless `kind` is execution: then what the app reported; `erased` for an erasure, `restarted` for a restart of the log. */
  outcome: string;
  isExpired: boolean;
  /** Both null for a restart of the log, which is of no run. */
  runId: string | null;
  actionName: string | null;
  /** The action's when the run was proposed; null: no action of the name was registered. */
  actionTitle: string | null;
  amount: string | null;
  currency: string | null;
  recipient: string | null;
  /** The person who decided or, for an erasure, erased; null when the policy or the clock decided, or the operator restarted the log. */
  decidedBy: string | null;
  worker: string | null;
  createdAt: Date;
  /** Its place in the log, from 0; null for the moment until it has one. */
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
  /** Receipts older than this one. */
  before?: string;
  /** Receipts newer than this one, the nearest first. */
  after?: string;
}

interface Row {
  id: string;
  kind: ReceiptKind;
  outcome: string;
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

/** Whose doing the receipt is about. */
const person = Prisma.sql`CASE r.kind WHEN 'erasure' THEN r.body::jsonb ->> 'erased_by' ELSE run.decided_by END`;

/** A page of the workspace's receipts, the newest first. */
export async function listReceipts(ctx: WorkspaceContext, filter: ReceiptFilter, cursor: Cursor, limit: number): Promise<ReceiptPage> {
  await requirePermission(ctx, "receipt.read");
  const isForward = cursor.after === undefined;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT r.id, r.kind, CASE r.kind WHEN 'execution' THEN run.execution_status WHEN 'erasure' THEN 'erased' WHEN 'log_restarted' THEN 'restarted' ELSE run.governance_status END AS outcome,
      run.governance_reason AS reason, r.run_id, run.action_name, run.action_title, run.amount, run.currency, run.recipient, ${person} AS decided_by,
      run.claim_worker AS worker, r.created_at, place.log_index, r.leaf_hash, r.body
    FROM receipts r LEFT JOIN receipt_places place ON place.receipt_id = r.id
      LEFT JOIN action_runs run ON run.workspace_id = r.workspace_id AND run.id = r.run_id
    WHERE r.workspace_id = ${ctx.workspaceId}::uuid
      ${Prisma.join(
        conditions(filter, cursor).map((condition) => Prisma.sql`AND ${condition}`),
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

function conditions(filter: ReceiptFilter, cursor: Cursor): Prisma.Sql[] {
  const { kind, outcome, action, by, from, to } = filter;
  const all: (Prisma.Sql | false)[] = [
    Prisma.sql`true`,
    cursor.before !== undefined && Prisma.sql`r.id < ${cursor.before}::uuid`,
    cursor.after !== undefined && Prisma.sql`r.id > ${cursor.after}::uuid`,
    kind !== undefined && Prisma.sql`r.kind = ${kind}`,
    outcome !== undefined && outcomeCondition(outcome),
    action !== undefined && Prisma.sql`run.action_name = ${action}`,
    by !== undefined && byCondition(by),
    from !== undefined && Prisma.sql`r.id >= ${firstIdAt(new Date(from))}::uuid`,
    to !== undefined && Prisma.sql`r.id < ${firstIdAt(new Date(new Date(to).getTime() + DAY_MS))}::uuid`,
  ];
  return all.filter((condition) => condition !== false);
}

function outcomeCondition(outcome: string): Prisma.Sql {
  return outcome === "executed" || outcome === "failed"
    ? Prisma.sql`r.kind = 'execution' AND run.execution_status = ${outcome}`
    : Prisma.sql`r.kind = 'decision' AND run.governance_status = ${outcome}`;
}

/** "policy" and "expiry" are nobody's address: an address has an @. "clock" is the earlier name of "expiry", in links that people kept. */
function byCondition(by: string): Prisma.Sql {
  if (by === "policy")
    return Prisma.sql`r.kind IN ('decision', 'execution') AND run.decided_by IS NULL AND run.governance_reason <> 'approval_expired'`;
  if (by === "expiry" || by === "clock")
    return Prisma.sql`r.kind IN ('decision', 'execution') AND run.governance_reason = 'approval_expired'`;
  return Prisma.sql`strpos(lower(${person}), ${by.toLowerCase()}) > 0`;
}

function listed(row: Row): ListedReceipt {
  return {
    id: row.id,
    kind: row.kind,
    outcome: row.outcome,
    isExpired: row.reason === "approval_expired",
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
