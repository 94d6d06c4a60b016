import { Ban, Send, TriangleAlert } from "lucide-react";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { OlderNewer } from "@/components/ui/older-newer";
import { webhookPath, webhooksPath } from "@/lib/domain/runs/webhook-path";
import type { WebhookPage } from "@/lib/webhooks/get-webhook-page";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";
import { DeliveryList } from "./delivery-list";
import { WebhookActions } from "./webhook-actions";
import { WebhookStatus } from "./webhook-status";

const REASONS = {
  person: "Someone disabled it.",
  failing: "Every delivery failed for three days, so the console disabled it.",
  gone: "It responded with 410 Gone, so the console disabled it.",
} as const;

/** An endpoint, what can be done with it, and what was sent to it. */
export function WebhookDetail({ workspaceId, page: { webhook, deliveries, before, next } }: { workspaceId: string; page: WebhookPage }) {
  const here = webhookPath(workspaceId, webhook);
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["webhooks"]} workspaceId={workspaceId} />
      <DisabledNotice webhook={webhook} />
      <Card aria-labelledby="webhook-title">
        <CardBody className="grid gap-3 p-4">
          <div>
            <div className="flex flex-wrap items-center gap-2">
              <h2 className="min-w-0 font-mono text-sm wrap-anywhere" id="webhook-title">
                {webhook.url}
              </h2>
              <WebhookStatus webhook={webhook} />
            </div>
            <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
              <span>{webhook.eventTypes.join(", ")}</span>
              {webhook.oldSecretEndsAt ? (
                <span className="text-wait">
                  the old secret also signs until <Instant at={webhook.oldSecretEndsAt} />
                </span>
              ) : null}
            </p>
          </div>
          <WebhookActions workspaceId={workspaceId} webhook={webhook} listHref={webhooksPath(workspaceId, webhook.kind)} />
        </CardBody>
      </Card>
      <Card aria-labelledby="deliveries-title">
        <CardHeader title="Deliveries" id="deliveries-title" />
        {deliveries.length === 0 ? (
          <EmptyState icon={Send} title="No deliveries yet">
            Send a test to check that it arrives. Deliveries are listed here for 30 days.
          </EmptyState>
        ) : (
          <DeliveryList
            deliveries={deliveries}
            workspaceId={workspaceId}
            webhookId={webhook.id}
            mayRedeliver={webhook.disabledAt === null}
          />
        )}
        <OlderNewer newerHref={before === null ? null : here} olderHref={next === null ? null : `${here}?before=${next}`} />
      </Card>
    </div>
  );
}

/** Why nothing is delivered there. */
function DisabledNotice({ webhook: { disabledAt, disabledReason, failingSince } }: { webhook: ListedWebhook }) {
  if (disabledAt !== null) {
    return (
      <Notice tone="wait" icon={Ban} title="Disabled.">
        {REASONS[disabledReason ?? "person"]} Disabled since <Instant at={disabledAt} />. Events from that time aren’t sent.
      </Notice>
    );
  }
  if (failingSince === null) return null;
  return (
    <Notice tone="wait" icon={TriangleAlert} title="Deliveries are failing.">
      Every attempt has failed since <Instant at={failingSince} />. After three days of failures, the console disables it.
    </Notice>
  );
}
