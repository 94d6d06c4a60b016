import { isInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import type { SystemContext } from "@/lib/security/context";

const AT_A_TIME = 1000;

/** Marks each expired, unreported claim once; a trigger queues the webhooks. A renewed claim is the same claim. */
export async function markRunsInDoubt({ db }: SystemContext): Promise<void> {
  await db.$executeRaw`
    UPDATE action_runs SET doubt_noticed_at = date_trunc('milliseconds', clock_timestamp()) WHERE id IN (
      SELECT run.id FROM action_runs run
      WHERE ${isInDoubt} AND (run.doubt_noticed_at IS NULL OR run.doubt_noticed_at < run.claimed_at)
      ORDER BY run.claim_expires_at LIMIT ${AT_A_TIME} FOR NO KEY UPDATE SKIP LOCKED)`;
}
