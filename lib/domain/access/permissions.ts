import { ROLES, type Role } from "./roles";

/** What each role may do in a workspace: the only table of it. */
export const PERMISSIONS = {
  /** See runs, their payloads and timelines. */
  "run.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Approve, reject or block what waits. */
  "run.decide": ["owner", "admin", "approver"],
  /** Email the approvers of a pending run again. */
  "run.ask": ["owner", "admin", "developer", "approver"],
  /** Reassign pending requests of others. Everyone may reassign their own. */
  "run.reassign": ["owner", "admin"],
  /** Withdraw a run that is pending or unclaimed. */
  "run.withdraw": ["owner", "admin", "developer"],
  /** Settle a run in doubt: mark executed, mark failed, or release. */
  "run.settle": ["owner", "admin", "developer"],
  /** Permanently erase the personal data of decided runs, and say when it's erased by itself. */
  "run.erase": ["owner"],
  /** Choose who gets the log's checkpoint by email every day. */
  "log.mail": ["owner"],
  /** See actions, their policies and their history. */
  "action.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Register, edit, activate and deactivate actions. */
  "action.manage": ["owner", "admin", "developer"],
  /** Compare drafts of policies with recorded runs, and read which would be decided otherwise. */
  "backtest.run": ["owner", "admin", "developer"],
  /** Choose an action's approvers, and whether it prevents self-approval. */
  "approver.manage": ["owner", "admin"],
  /** Create, rotate and revoke keys. */
  "key.manage": ["owner", "admin", "developer"],
  /** Create and revoke keys of the management API. */
  "management_key.manage": ["owner"],
  /** Make, change, test and delete webhooks and notification channels; read what was sent to them. */
  "webhook.manage": ["owner", "admin", "developer"],
  /** Invite and remove members, change roles. */
  "member.manage": ["owner", "admin"],
  /** Change names, approval routing and link lifetime. */
  "workspace.manage": ["owner", "admin"],
  /** Say whether policy changes need a second person. */
  "policy_rule.manage": ["owner"],
  /** Confirm and decline the policy changes of others. */
  "policy_change.confirm": ["owner", "admin"],
  "workspace.delete": ["owner"],
  /** See what is frozen, and what may still be running. */
  "freeze.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Freeze the workspace, an action or an API key. */
  "freeze.start": ["owner", "admin", "developer", "approver"],
  /** Thaw what is frozen. */
  "freeze.end": ["owner", "admin"],
  /** See budgets and what is used of them. */
  "budget.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Create, edit and delete budgets. */
  "budget.manage": ["owner", "admin"],
  /** See standing grants and their uses. */
  "grant.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Revoke standing grants. */
  "grant.revoke": ["owner", "admin", "approver"],
  "receipt.read": ["owner", "admin", "developer", "approver", "viewer"],
  /** Make and revoke links by which strangers read a receipt. */
  "receipt.share": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** The roles that decide, as the database's functions about it take them: `daai_may_decide`, `daai_waiting_for` and what they use. */
export const DECIDERS: Role[] = [...PERMISSIONS["run.decide"]];

/** Whether someone with the role `before` can decide, and with `after` no longer. */
export function losesDecisions(before: Role, after: Role): boolean {
  return isPermitted(before, "run.decide") && !isPermitted(after, "run.decide");
}

export function isPermitted(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(role);
}

/** A change to another member or an invitation. Without a role: removing the member, or revoking the invitation. */
export interface MemberChange {
  /** null: not a member yet. */
  readonly from: Role | null;
  readonly to: Role | null;
}

/**
 * Only owners can add or remove owners; others who manage members manage only non-owners. Leaving is always allowed and not checked here.
 * The write itself ensures that a workspace keeps an owner.
 */
export function mayChangeMember(by: Role, { from, to }: MemberChange): boolean {
  if (!isPermitted(by, "member.manage")) return false;
  return by === "owner" || (from !== "owner" && to !== "owner");
}

/** Returns the roles a person may assign. */
export function rolesToGive(by: Role): Role[] {
  return ROLES.filter((role) => mayChangeMember(by, { from: null, to: role }));
}
