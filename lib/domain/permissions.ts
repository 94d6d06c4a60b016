import type { Role } from "@/lib/domain/roles";

/** What each role may do in a workspace: the only table of it. */
export const PERMISSIONS = {
  /** See runs, their payloads and timelines. */
  "run.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Approve, reject or block what waits. */
  "run.decide": ["owner", "admin", "approver"],
  /** Settle a run in doubt: mark executed, mark failed, or release. */
  "run.settle": ["owner", "admin", "developer"],
  /** See actions, their policies and what became of them over time. */
  "action.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Register, edit, activate and deactivate actions. */
  "action.manage": ["owner", "admin", "developer"],
  /** Create, rotate and revoke keys. */
  "key.manage": ["owner", "admin", "developer"],
  /** Invite and remove members, change roles. */
  "member.manage": ["owner", "admin"],
  /** Change approval routing, link lifetime and webhooks. */
  "workspace.manage": ["owner", "admin"],
  "workspace.delete": ["owner"],
  "receipt.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Make and revoke links by which strangers read a receipt. */
  "receipt.share": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function isPermitted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}
