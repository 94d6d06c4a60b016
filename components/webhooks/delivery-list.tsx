import { ChevronDown, CircleCheck, Clock, XCircle } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ListedDelivery } from "@/lib/webhooks/list-deliveries";
import { AttemptList } from "./attempt-list";
import { RedeliverButton } from "./redeliver-button";

const LOOKS = {
  delivered: { tone: "ok", icon: CircleCheck, label: "Delivered" },
  queued: { tone: "wait", icon: Clock, label: "Queued" },
  dead: { tone: "stop", icon: XCircle, label: "Failed" },
} as const;

/** Each delivery and its response, folded. Works without JavaScript. */
export function DeliveryList({
  deliveries,
  workspaceId,
  webhookId,
  mayRedeliver,
}: {
  deliveries: readonly ListedDelivery[];
  workspaceId: string;
  webhookId: string;
  mayRedeliver: boolean;
}) {
  return (
    <ul>
      {deliveries.map((delivery) => (
        <li className="border-t border-line first:border-t-0" key={delivery.id}>
          <details className="group/delivery">
            <summary className="flex min-h-12 cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2 focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
              <code className="font-mono text-xs font-medium">{delivery.eventType}</code>
              <Badge {...LOOKS[delivery.status]} quiet />
              <span className="text-xs text-muted tabular-nums">{summaryOf(delivery)}</span>
              <span className="ml-auto flex items-center gap-2 text-xs text-muted">
                <Instant at={delivery.createdAt} format="short" />
                <ChevronDown
                  className="size-4 flex-none text-subtle group-open/delivery:rotate-180"
                  strokeWidth={1.75}
                  aria-hidden="true"
                />
              </span>
            </summary>
            <div className="grid gap-3 px-4 pb-4">
              <p className="flex flex-wrap gap-x-3 text-xs text-muted">
                <span>
                  webhook-id <code className="font-mono wrap-anywhere">{delivery.id}</code>
                </span>
                {delivery.nextAttemptAt === null || delivery.attemptCount === 0 ? null : (
                  <span>
                    next attempt <RelativeTime at={delivery.nextAttemptAt} />
                  </span>
                )}
                {delivery.runId === null ? null : (
                  <Link className="text-link hover:underline" href={`/workspaces/${workspaceId}/runs/${delivery.runId}`}>
                    Open run
                  </Link>
                )}
              </p>
              {delivery.lastError === null ? null : (
                <p className="text-sm text-stop wrap-anywhere">
                  <VisibleText text={delivery.lastError} />
                </p>
              )}
              <CodeBlock title="Request body" code={readable(delivery.request)} language="json" />
              {delivery.attempts.length === 0 ? null : <AttemptList attempts={delivery.attempts} hasOlder={delivery.hasOlderAttempts} />}
              {mayRedeliver && delivery.status !== "queued" ? (
                <RedeliverButton workspaceId={workspaceId} webhookId={webhookId} deliveryId={delivery.id} />
              ) : null}
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

function summaryOf({ attemptCount, attempts: [newest] }: ListedDelivery): string {
  if (attemptCount === 0 || !newest) return "not attempted yet";
  const tries = attemptCount === 1 ? "1 attempt" : `${attemptCount} attempts`;
  return `${newest.responseStatus ?? "no response"} in ${newest.durationMs.toLocaleString("en-US")} ms, ${tries}`;
}

function readable(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}
