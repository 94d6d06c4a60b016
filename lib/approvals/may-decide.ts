import type { WorkspaceContext } from "@/lib/context";
import { checked } from "@/lib/domain/checked-texts";
import { isPermitted } from "@/lib/domain/permissions";

/**
 * Whether this person was asked about the run, or has a role in its workspace that may decide. Read anew each time. Who is
 * signed in was asked only if they have shown that the address is theirs.
 */
export async function mayDecide(ctx: WorkspaceContext, runId: string, email: string): Promise<boolean> {
  const { workspaceId, actor, db } = ctx;
  const asked = await db.approvalRequest.count({ where: { workspaceId, runId, approverEmails: { has: email } } });
  if (asked > 0 && (actor.type !== "user" || (await isVerified(ctx, actor.userId)))) return true;
  const member = await db.member.findFirst({ where: { workspaceId, user: { email } } });
  return member !== null && isPermitted(checked(member).role, "run.decide");
}

async function isVerified({ db }: WorkspaceContext, userId: string): Promise<boolean> {
  return (await db.user.count({ where: { id: userId, emailVerifiedAt: { not: null } } })) > 0;
}
