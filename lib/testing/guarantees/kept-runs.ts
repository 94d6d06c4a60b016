import type { InterceptResponse } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";

export interface KeptRun {
  id: string;
  key: string;
  status: string;
  receipt: string | null;
}

/** The runs whose idempotency keys begin with this name, with the receipts of their decisions. */
export function keptRuns(name: string): Promise<KeptRun[]> {
  return getDb().$queryRaw<KeptRun[]>`
    SELECT run.id, run.idempotency_key AS key, run.governance_status AS status, receipt.id AS receipt
    FROM action_runs run LEFT JOIN receipts receipt ON receipt.run_id = run.id AND receipt.kind = 'decision'
    WHERE starts_with(run.idempotency_key, ${`${name}:`})`;
}

/** Exactly what was acknowledged. */
export function isKept({ action_run_id: id, governance_status: status, receipt }: InterceptResponse, run: KeptRun | undefined): boolean {
  return run?.id === id && run.status === status && run.receipt === (receipt?.id ?? null);
}

/** Whatever must be written together with a run, and was not. */
export async function brokenBooks(): Promise<Record<string, number>> {
  const [books = {}] = await getDb().$queryRaw<Record<string, number>[]>`
    SELECT
      (SELECT count(*)::int FROM action_runs run WHERE run.governance_status <> 'pending_approval'
        AND NOT EXISTS (SELECT FROM receipts r WHERE r.run_id = run.id AND r.kind = 'decision')) AS "decided without receipt",
      (SELECT count(*)::int FROM action_runs run WHERE run.governance_status = 'pending_approval'
        AND NOT EXISTS (SELECT FROM approval_requests a WHERE a.run_id = run.id)) AS "pending without request",
      (SELECT count(*)::int FROM approval_requests a WHERE 2 <> (SELECT count(*) FROM decision_links l JOIN email_deliveries d
        ON d.decision_link_id = l.id WHERE l.approval_request_id = a.id)) AS "requests without their mails",
      (SELECT count(*)::int FROM email_deliveries d WHERE d.status = 'queued' AND NOT EXISTS (
        SELECT FROM graphile_worker._private_jobs j WHERE j.payload ->> 'deliveryId' = d.id::text)) AS "mails without job",
      (SELECT count(*)::int FROM receipts r LEFT JOIN action_runs run ON run.id = r.run_id
        WHERE run.id IS NULL OR run.governance_status = 'pending_approval') AS "receipts without decided run"`;
  return books;
}
