import { notFound } from "next/navigation";
import { cache } from "react";
import { findMember, type Membership } from "./find-member";
import { requireSessionUser } from "./require-user";

/** For pages and route handlers of a workspace. Whoever is no member sees what they would see if it did not exist. */
export const requireMember = cache(async (workspaceId: string): Promise<Membership> => {
  return (await findMember(await requireSessionUser(), workspaceId)) ?? notFound();
});
