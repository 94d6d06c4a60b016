import { getDb } from "@/lib/db/client";

const AT_A_TIME = 1000;

/**
 * Notices the claims that ran out with no report, each once; a trigger tells the webhooks. A renewed claim is the same claim. An
 * action whose executor is idempotent gives such a run out again, so it is no doubt.
 */
export async function noticeDoubts(): Promise<void> {
  await getDb().$executeRaw`
    UPDATE action_runs SET doubt_noticed_at = date_trunc('milliseconds', clock_timestamp()) WHERE id IN (
      SELECT run.id FROM action_runs run
      WHERE run.claim_token_hash IS NOT NULL AND run.execution_status = 'awaiting_execution_report' AND run.claim_expires_at <= statement_timestamp()
        AND (run.doubt_noticed_at IS NULL OR run.doubt_noticed_at < run.claimed_at)
        AND NOT EXISTS (SELECT FROM registered_actions a WHERE a.id = run.action_id AND a.auto_releases_claims)
      ORDER BY run.claim_expires_at LIMIT ${AT_A_TIME} FOR NO KEY UPDATE SKIP LOCKED)`;
}
