import type { Permission } from "@/lib/domain/access/permissions";
import type { Things } from "./sweep-world";

export interface PageRow {
  /** Who has access; a permission: the workspace's members whose role has it. */
  readonly who: "anybody" | "signed in" | "operator" | Permission;
  /** Its address, below the console's. */
  readonly path: (things: Things & { workspaceId: string }) => string;
}

const inWorkspace = (rest = "", who: PageRow["who"] = "run.read"): PageRow => ({
  who,
  path: ({ workspaceId }) => `/workspaces/${workspaceId}${rest}`,
});
const fixed = (path: string, who: PageRow["who"]): PageRow => ({ who, path: () => path });

/** Every page, by its address pattern, with who may open it. A new page needs a row. */
export const PAGE_ROWS: Readonly<Record<string, PageRow>> = {
  "/": fixed("/", "anybody"),
  "/account": fixed("/account", "signed in"),
  "/admin": fixed("/admin", "operator"),
  "/admin/mailbox": fixed("/admin/mailbox", "operator"),
  "/admin/mailbox/[messageId]": { who: "operator", path: ({ messageId }) => `/admin/mailbox/${messageId}` },
  "/admin/users": fixed("/admin/users", "operator"),
  "/admin/users/[userId]": { who: "operator", path: ({ userId }) => `/admin/users/${userId}` },
  "/admin/workspaces": fixed("/admin/workspaces", "operator"),
  "/approvals": fixed("/approvals", "signed in"),
  "/approvals/decided": fixed("/approvals/decided", "signed in"),
  "/decide/[token]": { who: "anybody", path: ({ linkToken }) => `/decide/${linkToken}` },
  "/verify": fixed("/verify", "anybody"),
  "/docs/[[...slug]]": fixed("/docs/quickstart", "anybody"),
  "/docs/api": fixed("/docs/api", "anybody"),
  "/docs/errors": fixed("/docs/errors", "anybody"),
  "/forgot-password": fixed("/forgot-password", "anybody"),
  "/home": fixed("/home", "signed in"),
  "/invitation/[token]": fixed("/invitation/not-a-token", "anybody"),
  "/packages": fixed("/packages", "anybody"),
  "/reset-password": fixed("/reset-password?token=not-a-token", "anybody"),
  "/share/[token]": { who: "anybody", path: ({ linkToken }) => `/share/${linkToken}` },
  "/sign-in": fixed("/sign-in", "anybody"),
  "/sign-in/link": fixed("/sign-in/link?token=not-a-token", "anybody"),
  "/sign-up": fixed("/sign-up", "anybody"),
  "/sign-up/confirm": fixed("/sign-up/confirm?token=not-a-token", "anybody"),
  "/workspaces/[workspaceId]": inWorkspace(),
  "/workspaces/[workspaceId]/actions": inWorkspace("/actions"),
  "/workspaces/[workspaceId]/actions/[name]": {
    who: "run.read",
    path: ({ workspaceId, actionName }) => `/workspaces/${workspaceId}/actions/${actionName}`,
  },
  "/workspaces/[workspaceId]/actions/[name]/edit": {
    who: "action.manage",
    path: ({ workspaceId, actionName }) => `/workspaces/${workspaceId}/actions/${actionName}/edit`,
  },
  "/workspaces/[workspaceId]/actions/[name]/shadow": {
    who: "run.read",
    path: ({ workspaceId, actionName }) => `/workspaces/${workspaceId}/actions/${actionName}/shadow`,
  },
  "/workspaces/[workspaceId]/actions/new": inWorkspace("/actions/new", "action.manage"),
  "/workspaces/[workspaceId]/activity": inWorkspace("/activity", "audit.read"),
  "/workspaces/[workspaceId]/budgets": inWorkspace("/budgets"),
  "/workspaces/[workspaceId]/budgets/new": inWorkspace("/budgets/new", "budget.manage"),
  "/workspaces/[workspaceId]/budgets/[budgetId]": {
    who: "run.read",
    path: ({ workspaceId, budgetId }) => `/workspaces/${workspaceId}/budgets/${budgetId}`,
  },
  "/workspaces/[workspaceId]/grants": inWorkspace("/grants"),
  "/workspaces/[workspaceId]/grants/[grantId]": {
    who: "run.read",
    path: ({ workspaceId, grantId }) => `/workspaces/${workspaceId}/grants/${grantId}`,
  },
  "/workspaces/[workspaceId]/budgets/[budgetId]/edit": {
    who: "budget.manage",
    path: ({ workspaceId, budgetId }) => `/workspaces/${workspaceId}/budgets/${budgetId}/edit`,
  },
  "/workspaces/[workspaceId]/freezes": inWorkspace("/freezes"),
  "/workspaces/[workspaceId]/members": inWorkspace("/members"),
  "/workspaces/[workspaceId]/receipts": inWorkspace("/receipts", "receipt.read"),
  "/workspaces/[workspaceId]/receipts/[receiptId]": {
    who: "receipt.read",
    path: ({ workspaceId, receiptId }) => `/workspaces/${workspaceId}/receipts/${receiptId}`,
  },
  "/workspaces/[workspaceId]/runs": inWorkspace("/runs"),
  "/workspaces/[workspaceId]/runs/[runId]": {
    who: "run.read",
    path: ({ workspaceId, runId }) => `/workspaces/${workspaceId}/runs/${runId}`,
  },
  "/workspaces/[workspaceId]/settings": inWorkspace("/settings"),
  "/workspaces/[workspaceId]/settings/approvals": inWorkspace("/settings/approvals"),
  "/workspaces/[workspaceId]/settings/checkpoints": inWorkspace("/settings/checkpoints", "log.mail"),
  "/workspaces/[workspaceId]/settings/delete": inWorkspace("/settings/delete", "workspace.delete"),
  "/workspaces/[workspaceId]/settings/groups": inWorkspace("/settings/groups"),
  "/workspaces/[workspaceId]/settings/keys": inWorkspace("/settings/keys", "key.manage"),
  "/workspaces/[workspaceId]/settings/notifications": inWorkspace("/settings/notifications", "webhook.manage"),
  "/workspaces/[workspaceId]/settings/notifications/[channelId]": {
    who: "webhook.manage",
    path: ({ workspaceId, channelId }) => `/workspaces/${workspaceId}/settings/notifications/${channelId}`,
  },
  "/workspaces/[workspaceId]/settings/webhooks": inWorkspace("/settings/webhooks", "webhook.manage"),
  "/workspaces/[workspaceId]/settings/webhooks/[webhookId]": {
    who: "webhook.manage",
    path: ({ workspaceId, webhookId }) => `/workspaces/${workspaceId}/settings/webhooks/${webhookId}`,
  },
  "/workspaces/[workspaceId]/settings/usage": inWorkspace("/settings/usage"),
  "/workspaces/[workspaceId]/setup": inWorkspace("/setup"),
  "/workspaces/[workspaceId]/setup/coding-agents": inWorkspace("/setup/coding-agents"),
  "/workspaces/new": fixed("/workspaces/new", "signed in"),
};

/** The route handlers that are no part of the API, in the same way. */
export const ROUTE_ROWS: Readonly<Record<string, PageRow>> = {
  "/admin/mailbox/[messageId]/html": { who: "operator", path: ({ messageId }) => `/admin/mailbox/${messageId}/html` },
  "/api/[[...path]]": fixed("/api/nothing-here", "anybody"),
  "/api/auth/[...nextauth]": fixed("/api/auth/csrf", "anybody"),
  "/api/health": fixed("/api/health", "anybody"),
  "/api/openapi.json": fixed("/api/openapi.json", "anybody"),
  "/api/ready": fixed("/api/ready", "anybody"),
  "/api/webhooks/resend": fixed("/api/webhooks/resend", "anybody"),
  "/decide/[token]/answer": fixed("/decide/not-a-token/answer", "anybody"),
  "/decide/[token]/opened": fixed("/decide/not-a-token/opened", "anybody"),
  "/docs/search.json": fixed("/docs/search.json", "anybody"),
  "/events": fixed("/events", "signed in"),
  "/packages/[file]": fixed("/packages/daai-python.whl", "anybody"),
  "/share/[token]/download": { who: "anybody", path: ({ linkToken }) => `/share/${linkToken}/download` },
  "/workspaces/[workspaceId]/receipts/[receiptId]/download": {
    who: "receipt.read",
    path: ({ workspaceId, receiptId }) => `/workspaces/${workspaceId}/receipts/${receiptId}/download`,
  },
  "/workspaces/[workspaceId]/receipts/export": {
    who: "receipt.read",
    path: ({ workspaceId }) => `/workspaces/${workspaceId}/receipts/export?format=csv`,
  },
  "/workspaces/[workspaceId]/runs/export": inWorkspace("/runs/export?format=csv"),
};
