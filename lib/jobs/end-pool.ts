import type { Pool } from "pg";

const STEP_MS = 20;
const MAX_MS = 1000;

/**
 * Ends a pool once no query is queued for one of its connections, or after a second. graphile-worker doesn't wait for its write of a job's
 * end, and pg drops queries still queued when their pool ends, so they would wait until they time out.
 */
export async function endPool(pool: Pool): Promise<void> {
  for (let waited = 0; pool.waitingCount > 0 && waited < MAX_MS; waited += STEP_MS)
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  await pool.end();
}
