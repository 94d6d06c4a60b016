import { databaseNow } from "@/lib/db/transaction";
import type { Role } from "@/lib/domain/access/roles";
import { checked } from "@/lib/domain/runs/checked-texts";
import { hashAccountToken } from "@/lib/security/account-token";
import type { VisitorContext } from "@/lib/security/context";

export interface InvitationView {
  id: string;
  workspaceId: string;
  workspaceName: string;
  clientName: string;
  email: string;
  role: Role;
  invitedBy: string;
  expiresAt: Date;
  /** Only for the holder of the email sent to the address. */
  hasAccount: boolean;
}

export type InvitationState =
  | { state: "open"; invitation: InvitationView }
  | { state: "expired" | "accepted" | "revoked"; invitation: InvitationView }
  /** Also when the workspace is gone. */
  | { state: "unknown"; invitation: null };

/** Returns what an invitation's link is for. Reads only: opening it changes nothing. */
export async function getInvitation({ db }: VisitorContext, token: string): Promise<InvitationState> {
  const found = await db.invitation.findUnique({ where: { tokenHash: hashAccountToken(token) }, include: { workspace: true } });
  if (!found || found.workspace.deletedAt) return { state: "unknown", invitation: null };
  const { id, workspaceId, workspace, email, role, invitedBy, expiresAt } = checked(found);
  const hasAccount = (await db.user.findUnique({ where: { email }, select: { id: true } })) !== null;
  const invitation = {
    id,
    workspaceId,
    workspaceName: workspace.name,
    clientName: workspace.clientName,
    email,
    role,
    invitedBy,
    expiresAt,
    hasAccount,
  };
  if (found.revokedAt) return { state: "revoked", invitation };
  if (found.acceptedAt) return { state: "accepted", invitation };
  return { state: expiresAt > (await databaseNow(db)) ? "open" : "expired", invitation };
}
