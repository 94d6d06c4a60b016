import { databaseNow } from "@/lib/db/transaction";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { checked } from "@/lib/domain/runs/checked-texts";
import { type DeliveryState, deliveryState } from "@/lib/domain/runs/delivery-state";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface MemberEntry {
  userId: string;
  email: string;
  name: string | null;
  role: Role;
  joinedAt: Date;
  /** When one of their sessions was used last, coarsely; null: not within the last weeks. */
  lastSeenAt: Date | null;
}

/** Lists the workspace's members, from most to least permitted, then by name. */
export async function listMembers(ctx: WorkspaceContext): Promise<MemberEntry[]> {
  await requirePermission(ctx, "run.read");
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId },
    include: {
      user: { select: { email: true, name: true, sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: "desc" }, take: 1 } } },
    },
  });
  return members
    .map(checked)
    .map(({ userId, role, createdAt, user }) => ({
      userId,
      email: user.email,
      name: user.name,
      role,
      joinedAt: createdAt,
      lastSeenAt: user.sessions[0]?.lastSeenAt ?? null,
    }))
    .sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.name ?? a.email).localeCompare(b.name ?? b.email, "en"));
}

export interface InvitationEntry {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  isExpired: boolean;
  /** The status of the newest email. */
  mail: DeliveryState | null;
}

/** Lists open invitations, newest first, including expired ones, which can be sent again. */
export async function listInvitations(ctx: WorkspaceContext): Promise<InvitationEntry[]> {
  await requirePermission(ctx, "member.manage");
  const { db, workspaceId } = ctx;
  const now = await databaseNow(db);
  const open = await db.invitation.findMany({
    where: { workspaceId, acceptedAt: null, revokedAt: null },
    include: { emailDeliveries: { orderBy: { id: "desc" }, take: 1 } },
    orderBy: { id: "desc" },
    take: 500,
  });
  return open.map(checked).map(({ id, email, role, invitedBy, createdAt, expiresAt, emailDeliveries: [mail] }) => ({
    id,
    email,
    role,
    invitedBy,
    createdAt,
    expiresAt,
    isExpired: expiresAt <= now,
    mail: mail ? deliveryState(mail) : null,
  }));
}
