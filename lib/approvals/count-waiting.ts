import { DECIDERS } from "@/lib/domain/access/permissions";
import type { UserContext } from "@/lib/security/context";

/** Higher counts are shown as "99+", so counting stops here. */
const MAX_WAITING = 100;

/** Counts the runs waiting for this person: where their role may decide, and where they were asked at their own, verified address. */
export async function countWaiting({ actor, db }: UserContext): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM (
      SELECT FROM daai_waiting_for(${actor.userId}::uuid, ${DECIDERS}, ${MAX_WAITING}::int) LIMIT ${MAX_WAITING}) waiting`;
  return row?.waiting ?? 0;
}
