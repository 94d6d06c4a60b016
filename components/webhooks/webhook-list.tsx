import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { Tag } from "@/components/ui/tag";
import { webhookPath } from "@/lib/domain/runs/webhook-path";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";
import { WebhookStatus } from "./webhook-status";

/** Each leads to its page, with what was sent to it. */
export function WebhookList({ webhooks, workspaceId }: { webhooks: readonly ListedWebhook[]; workspaceId: string }) {
  return (
    <ul>
      {webhooks.map((webhook) => (
        <li className="border-t border-line px-4 py-3 first:border-t-0" key={webhook.id}>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              className="min-w-0 font-mono text-xs font-medium text-ink wrap-anywhere hover:underline"
              href={webhookPath(workspaceId, webhook)}
            >
              {webhook.url}
            </Link>
            {webhook.kind === "webhook" ? null : <Tag>{webhook.kind === "slack" ? "Slack" : "webhook"}</Tag>}
            <WebhookStatus webhook={webhook} />
          </div>
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-muted">
            <span>{webhook.eventTypes.join(", ")}</span>
            <span>
              created <Instant at={webhook.createdAt} format="short" /> by <span className="wrap-anywhere">{webhook.createdBy}</span>
            </span>
            {webhook.failingSince !== null && webhook.disabledAt === null ? (
              <span className="text-wait">
                failing since <Instant at={webhook.failingSince} format="short" />
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}
