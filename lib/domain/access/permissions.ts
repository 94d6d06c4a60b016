import { ROLES, type Role } from "./roles";

/** What each role may do in a workspace: the only table of it. */
export const PERMISSIONS = {
  /** See runs, their payloads and timelines. */
  "run.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Approve, reject or block what waits. */
  "run.decide": ["owner", "admin", "approver"],
  /** Mail the approvers of a run that waits once more. */
  "run.ask": ["owner", "admin", "developer", "approver"],
  /** Withdraw a run that is pending, or that nobody has claimed yet. */
  "run.withdraw": ["owner", "admin", "developer"],
  /** Settle a run in doubt: mark executed, mark failed, or release. */
  "run.settle": ["owner", "admin", "developer"],
  /** Erase the personal data of a run that is decided, for good. */
  "run.erase": ["owner"],
  /** Say who gets the log's checkpoint by mail every day. */
  "log.mail": ["owner"],
  /** See actions, their policies and what became of them over time. */
  "action.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Register, edit, activate and deactivate actions. */
  "action.manage": ["owner", "admin", "developer"],
  /** Say whom an action asks, and whether nobody approves what their own key proposed. */
  "approver.manage": ["owner", "admin"],
  /** Create, rotate and revoke keys. */
  "key.manage": ["owner", "admin", "developer"],
  /** Make, change, test and delete webhooks and notification channels; read what was sent to them. */
  "webhook.manage": ["owner", "admin", "developer"],
  /** Invite and remove members, change roles. */
  "member.manage": ["owner", "admin"],
  /** Change names, approval routing and link lifetime. */
  "workspace.manage": ["owner", "admin"],
  "workspace.delete": ["owner"],
  "receipt.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Make and revoke links by which strangers read a receipt. */
  "receipt.share": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** The roles that decide, as the database's functions about it take them: `daai_may_decide`, `daai_waiting_for` and what they use. */
export const DECIDERS: Role[] = [...PERMISSIONS["run.decide"]];

export function isPermitted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}

/** What somebody wants to do with another member, or with an invitation. No role: to remove, or to take the invitation back. */
export interface MemberChange {
  /** null: not a member yet. */
  readonly from: Role | null;
  readonly to: Role | null;
}

/**
 * Only owners make or unmake owners; whoever else may manage members manages those that are not owners. Everybody may leave,
 * which this is not about. That a workspace keeps an owner is checked where it is written.
 */
export function mayChangeMember(by: Role, { from, to }: MemberChange): boolean {
  if (!isPermitted(by, "member.manage")) return false;
  return by === "owner" || (from !== "owner" && to !== "owner");
}

/** The roles that somebody may give. */
export function rolesToGive(by: Role): Role[] {
  return ROLES.filter((role) => mayChangeMember(by, { from: null, to: role }));
}
