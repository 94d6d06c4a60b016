import type { Permission } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/roles";

/** A role's name, and in one sentence whom it is for. */
export const ROLE_LABELS: Readonly<Record<Role, { title: string; purpose: string }>> = {
  owner: { title: "Owner", purpose: "Has full control of the workspace, including deleting it and adding owners." },
  admin: { title: "Admin", purpose: "Manages members, settings, actions and keys, and decides pending runs." },
  developer: { title: "Developer", purpose: "Connects the agent: registers actions, creates keys, settles runs in doubt." },
  approver: { title: "Approver", purpose: "Decides pending runs and sees every run." },
  viewer: { title: "Viewer", purpose: "Reads runs and receipts, without changing anything." },
};

/** What a permission lets someone do, as a row of the table of roles. */
export const PERMISSION_LABELS: Readonly<Record<Permission, string>> = {
  "run.read": "See runs, payloads and timelines",
  "run.decide": "Approve, reject or block pending runs",
  "run.ask": "Resend emails to approvers",
  "run.reassign": "Reassign pending requests of others",
  "run.withdraw": "Withdraw runs that nobody has claimed",
  "run.settle": "Settle runs in doubt",
  "run.erase": "Erase the personal data of decided runs, and set when it’s erased",
  "log.mail": "Set up daily checkpoint emails",
  "action.read": "See the registered actions and their policies",
  "action.manage": "Register, edit, activate and deactivate actions",
  "backtest.run": "Compare drafts of policies with recorded runs",
  "approver.manage": "Choose an action’s approvers and prevent self-approval",
  "key.manage": "Create, rotate and revoke keys",
  "management_key.manage": "Create and revoke management keys",
  "webhook.manage": "Create, edit, test and delete webhooks and notification channels",
  "member.manage": "Invite and remove members, change roles",
  "workspace.manage": "Change names, approval routing and the approval window",
  "policy_rule.manage": "Require a second person for policy changes",
  "policy_change.confirm": "Confirm and decline policy changes of others",
  "workspace.delete": "Delete the workspace",
  "freeze.read": "See what is frozen",
  "freeze.start": "Freeze the workspace, an action or an API key",
  "freeze.end": "Thaw what is frozen",
  "budget.read": "See budgets and their usage",
  "budget.manage": "Create, edit and delete budgets",
  "grant.read": "See standing grants and their uses",
  "grant.revoke": "Revoke standing grants",
  "receipt.read": "Read receipts",
  "receipt.share": "Share receipts by link",
  "audit.read": "Read the activity",
};

/** "an owner", "a developer". */
export function withArticle(role: Role): string {
  return `${/^[ao]/.test(role) ? "an" : "a"} ${role}`;
}

/** "An approver decides pending runs and sees every run." */
export function roleSentence(role: Role): string {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const { purpose } = ROLE_LABELS[role];
  return `${capital(withArticle(role))} ${purpose.charAt(0).toLowerCase()}${purpose.slice(1)}`;
}
