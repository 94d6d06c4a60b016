import { databaseNow } from "@/lib/db/transaction";
import type { UserContext } from "@/lib/security/context";

export interface OwnAbsence {
  readonly colleague: { readonly userId: string; readonly email: string; readonly name: string | null };
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly hasBegun: boolean;
}

/** A person's own current or coming absence; null if there is none. */
export async function getAbsence({ actor, db }: UserContext): Promise<OwnAbsence | null> {
  const now = await databaseNow(db);
  const found = await db.absence.findFirst({
    where: { userId: actor.userId, endsAt: { gt: now } },
    include: { colleague: { select: { id: true, email: true, name: true } } },
  });
  if (!found) return null;
  const { colleague, startsAt, endsAt } = found;
  return { colleague: { userId: colleague.id, email: colleague.email, name: colleague.name }, startsAt, endsAt, hasBegun: startsAt <= now };
}
