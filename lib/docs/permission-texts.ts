import type { Permission } from "@/lib/domain/access/permissions";

export const PERMISSION_TEXTS: Readonly<Record<Permission, string>> = {
  "run.read": "See runs, payloads and timelines",
  "run.decide": "Approve, reject or block",
  "run.ask": "Resend the emails of a pending run",
  "run.reassign": "Reassign pending requests of others",
  "run.withdraw": "Withdraw a run that nobody has claimed",
  "run.settle": "Settle a run in doubt",
  "run.erase": "Erase the personal data of a decided run",
  "log.mail": "Set up daily checkpoint emails",
  "action.read": "See actions, their policies and their history",
  "action.manage": "Register, edit, activate and deactivate actions",
  "approver.manage": "Choose an action's approvers and prevent self-approval",
  "key.manage": "Create, rotate and revoke keys",
  "webhook.manage": "Create, edit, test and delete webhooks and notification channels",
  "member.manage": "Invite and remove members, change roles",
  "workspace.manage": "Change the workspace's settings",
  "workspace.delete": "Delete the workspace",
  "receipt.read": "Read receipts",
  "receipt.share": "Share receipts by link",
  "audit.read": "Read the activity",
};
