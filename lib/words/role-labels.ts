import type { Permission } from "@/lib/domain/access/permissions";
import type { Role } from "@/lib/domain/access/roles";

/** A role's name, and in one sentence whom it is for. */
export const ROLE_LABELS: Readonly<Record<Role, { title: string; purpose: string }>> = {
  owner: { title: "Owner", purpose: "Answers for the workspace: may do everything, also delete it and make other owners." },
  admin: { title: "Admin", purpose: "Runs the workspace: members, settings, actions, keys and decisions." },
  developer: { title: "Developer", purpose: "Connects the agent: registers actions, makes keys, settles runs in doubt." },
  approver: { title: "Approver", purpose: "Decides what waits, and sees every run." },
  viewer: { title: "Viewer", purpose: "Reads runs and receipts, and changes nothing." },
};

/** What a permission lets somebody do, as a row of the table of roles. */
export const PERMISSION_LABELS: Readonly<Record<Permission, string>> = {
  "run.read": "See runs, payloads and timelines",
  "run.decide": "Approve, reject or block what waits",
  "run.ask": "Mail approvers again",
  "run.settle": "Settle runs in doubt",
  "run.erase": "Erase the personal data of a decided run",
  "log.mail": "Have the log’s checkpoint mailed every day",
  "action.read": "See the registered actions and their policies",
  "action.manage": "Register and edit actions",
  "approver.manage": "Say whom an action asks, and switch four eyes",
  "key.manage": "Make, rotate and revoke keys",
  "webhook.manage": "Make, change, test and delete webhooks and notification channels",
  "member.manage": "Invite and remove members, change roles",
  "workspace.manage": "Change names, approval routing and link lifetime",
  "workspace.delete": "Delete the workspace",
  "receipt.read": "Read receipts",
  "receipt.share": "Share receipts by link",
  "audit.read": "Read the audit log",
};

/** "an owner", "a developer". */
export function withArticle(role: Role): string {
  return `${/^[ao]/.test(role) ? "an" : "a"} ${role}`;
}

/** "An approver decides what waits, and sees every run." */
export function roleSentence(role: Role): string {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const { purpose } = ROLE_LABELS[role];
  return `${capital(withArticle(role))} ${purpose.charAt(0).toLowerCase()}${purpose.slice(1)}`;
}
