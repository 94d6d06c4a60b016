import pg from "pg";
import { getEnv } from "@/lib/env";

/**
 * Ends the console's database sessions from another one, again and again while `work` goes on. Returns how many times
 * there were any that were busy.
 */
export async function withoutDatabaseSessions(work: () => Promise<void>): Promise<number> {
  const killer = new pg.Client({ connectionString: getEnv().DATABASE_URL, application_name: "killer" });
  await killer.connect();
  let kills = 0;
  let isOver = false;
  const killing = (async () => {
    while (!isOver) {
      const { rowCount } = await killer.query(`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'daai-console' AND state = 'active' AND random() < 0.02`);
      if (rowCount) kills++;
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await killing;
    await killer.end();
  }
  return kills;
}
