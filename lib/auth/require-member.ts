import { notFound } from "next/navigation";
import { cache } from "react";
import { findMember, type Membership } from "./find-member";
import { requireSessionUser } from "./require-user";

/** For pages and route handlers of a workspace. Everyone else gets the same response as for a missing one. */
export const requireMember = cache(async (workspaceId: string): Promise<Membership> => {
  return (await findMember(await requireSessionUser(), workspaceId)) ?? notFound();
});
