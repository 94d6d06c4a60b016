import { Prisma } from "./generated/client";
import type { Db } from "./transaction";

const AT_A_TIME = 5000;

/**
 * Deletes the rows of a table that match `condition` in batches: locks stay short, no statement times out, and a failure keeps the batches
 * already deleted. Returns the number of deleted rows.
 */
export async function deleteInBatches(db: Db, table: string, condition: Prisma.Sql, atATime = AT_A_TIME): Promise<number> {
  const name = Prisma.raw(`"${table}"`);
  let deleted = 0;
  for (;;) {
    const count = await db.$executeRaw`
      DELETE FROM ${name} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${condition} LIMIT ${atATime} FOR UPDATE SKIP LOCKED))`;
    deleted += count;
    if (count < atATime) return deleted;
  }
}
