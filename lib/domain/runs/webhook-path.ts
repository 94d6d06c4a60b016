import type { WebhookKind } from "./webhook-events";

/** The settings page of this kind of endpoint: programs' webhooks, or people's channels. */
export function webhooksPath(workspaceId: string, kind: WebhookKind): string {
  return `/workspaces/${workspaceId}/settings/${kind === "webhook" ? "webhooks" : "notifications"}`;
}

/** The page of one, below its list. */
export function webhookPath(workspaceId: string, { id, kind }: { id: string; kind: WebhookKind }): string {
  return `${webhooksPath(workspaceId, kind)}/${id}`;
}
