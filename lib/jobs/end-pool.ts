import type { Pool } from "pg";

const STEP_MS = 20;
const MOST_MS = 1000;

/**
 * Ends a pool once nobody queues for one of its connections, or after a second. graphile-worker writes the end of a job without waiting
 * for it, and pg leaves queries that are still queued when their pool ends without an answer until they time out.
 */
export async function endPool(pool: Pool): Promise<void> {
  for (let waited = 0; pool.waitingCount > 0 && waited < MOST_MS; waited += STEP_MS)
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  await pool.end();
}
