import { isInDoubt } from "@/lib/action-runs/status/claim-state-sql";
import { eachAlone } from "@/lib/db/each-alone";
import { Prisma } from "@/lib/db/generated/client";
import type { SystemContext } from "@/lib/security/context";

const AT_A_TIME = 1000;

/** Whether the claim is in doubt and this hasn't been marked. A renewed claim is the same claim. */
export const isUnnoticedDoubt = Prisma.sql`(${isInDoubt} AND (run.doubt_noticed_at IS NULL OR run.doubt_noticed_at < run.claimed_at))`;

/**
 * Marks each expired, unreported claim once; a trigger queues the webhooks. All at once, and if that fails each alone, so that one that
 * can't be marked doesn't stop the others.
 */
export async function markRunsInDoubt({ db }: SystemContext): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT run.id FROM action_runs run WHERE ${isUnnoticedDoubt} ORDER BY run.claim_expires_at LIMIT ${AT_A_TIME}`;
  const mark = (ids: readonly string[], ifLocked: Prisma.Sql) => db.$executeRaw`
    UPDATE action_runs SET doubt_noticed_at = date_trunc('milliseconds', clock_timestamp()) WHERE id IN (
      SELECT run.id FROM action_runs run WHERE run.id = ANY (${[...ids]}::uuid[]) AND ${isUnnoticedDoubt} FOR NO KEY UPDATE ${ifLocked})`;
  if (due.length === 0) return;
  const ids = due.map(({ id }) => id);
  // A failed statement reports its error a moment before it releases its locks, so the second attempt waits for them.
  await mark(ids, Prisma.sql`SKIP LOCKED`).catch(() => eachAlone(ids, (id) => mark([id], Prisma.empty)));
}
