import { validate as isUuid } from "uuid";
import { getDb } from "@/lib/db/client";
import type { Role } from "@/lib/domain/access/roles";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { MemberContext } from "@/lib/security/context";
import { memberContext } from "./contexts";
import type { SessionUser } from "./find-session";

export interface Membership {
  readonly ctx: MemberContext;
  /** For showing and hiding. Queries and commands read it again. */
  readonly role: Role;
  readonly workspace: { readonly id: string; readonly name: string; readonly clientName: string };
}

/** The person as a member of a workspace. null alike for a foreign, a deleted, a missing and a malformed one. */
export async function findMember(user: SessionUser, workspaceId: string): Promise<Membership | null> {
  if (!isUuid(workspaceId)) return null;
  const member = await getDb().member.findFirst({
    where: { workspaceId, userId: user.userId, workspace: { deletedAt: null } },
    include: { workspace: { select: { id: true, name: true, clientName: true } } },
  });
  if (!member) return null;
  return {
    ctx: memberContext(user, member.workspaceId),
    role: checked(member).role,
    workspace: member.workspace,
  };
}
