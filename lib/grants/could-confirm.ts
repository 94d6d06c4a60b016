import { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";

/**
 * Whether this signed-in person could confirm the grant `g` of the action `a`: someone else than its giver who could approve each of its runs,
 * by a role that decides or at a verified address.
 */
export function couldConfirm(email: string | null): Prisma.Sql {
  return Prisma.sql`(${email}::text IS NOT NULL AND daai_person(g.given_by) <> daai_person(${email})
    AND daai_could_approve(a, ${email}, ${DECIDERS}) AND daai_may_decide(a.workspace_id, ARRAY[${email}], ${email}, true, ${DECIDERS}))`;
}
