import type { Permission } from "@/lib/domain/access/permissions";

export const PERMISSION_TEXTS: Readonly<Record<Permission, string>> = {
  "run.read": "See runs, payloads and timelines",
  "run.decide": "Approve, reject or block",
  "run.ask": "Mail the approvers of a waiting run again",
  "run.withdraw": "Withdraw a run that nobody has claimed",
  "run.settle": "Settle a run in doubt",
  "run.erase": "Erase the personal data of a decided run",
  "log.mail": "Have the log's checkpoint mailed every day",
  "action.read": "See actions, their policies and how they changed",
  "action.manage": "Register, edit, activate and deactivate actions",
  "approver.manage": "Say whom an action asks, and switch four eyes",
  "key.manage": "Make, rotate and revoke keys",
  "webhook.manage": "Make, change, test and delete webhooks and notification channels",
  "member.manage": "Invite and remove members, change roles",
  "workspace.manage": "Change the workspace's settings",
  "workspace.delete": "Delete the workspace",
  "receipt.read": "Read receipts",
  "receipt.share": "Share receipts by link",
  "audit.read": "Read who changed what",
};
