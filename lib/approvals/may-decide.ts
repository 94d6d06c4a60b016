import type { WorkspaceContext } from "@/lib/context";
import { isPermitted } from "@/lib/domain/permissions";
import type { Role } from "@/lib/domain/roles";

/** Whether this person was asked about the run, or has a role in its workspace that may decide. Read anew each time. */
export async function mayDecide(ctx: WorkspaceContext, runId: string, email: string): Promise<boolean> {
  const { workspaceId, db } = ctx;
  const asked = await db.approvalRequest.count({ where: { workspaceId, runId, approverEmails: { has: email } } });
  if (asked > 0) return true;
  const member = await db.member.findFirst({ where: { workspaceId, user: { email } } });
  return member !== null && isPermitted(member.role as Role, "run.decide");
}
