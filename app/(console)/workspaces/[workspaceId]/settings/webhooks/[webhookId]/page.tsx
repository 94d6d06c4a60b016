import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Send } from "lucide-react";
import { z } from "zod";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { OlderNewer } from "@/components/ui/older-newer";
import { DeliveryList } from "@/components/webhooks/delivery-list";
import { DisabledNotice } from "@/components/webhooks/disabled-notice";
import { WebhookActions } from "@/components/webhooks/webhook-actions";
import { WebhookStatus } from "@/components/webhooks/webhook-status";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/permissions";
import { getWebhook } from "@/lib/webhooks/list-webhooks";
import { listDeliveries } from "@/lib/webhooks/list-deliveries";

export const metadata: Metadata = { title: "Webhook" };

const isId = (value: unknown) => z.uuid().safeParse(value).success;

export default async function WebhookPage({ params, searchParams }: { params: Promise<{ workspaceId: string; webhookId: string }>; searchParams: Promise<{ before?: string | string[] }> }) {
  const { workspaceId, webhookId } = await params;
  const { before } = await searchParams;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "webhook.manage") || !isId(webhookId)) notFound();
  const webhook = await getWebhook(ctx, webhookId);
  if (!webhook) notFound();
  const from = typeof before === "string" && isId(before) ? before : null;
  const { deliveries, next } = await listDeliveries(ctx, { endpointId: webhookId, kind: webhook.kind, before: from });
  const settings = `/workspaces/${workspaceId}/settings`;
  const here = `${settings}/webhooks/${webhookId}`;
  return (
    <div className="grid gap-4">
      <RefreshWhenLive topics={["webhooks"]} workspaceId={workspaceId} />
      <DisabledNotice webhook={webhook} />
      <Card aria-labelledby="webhook-title">
        <CardBody className="grid gap-3 p-4">
          <div>
            <div className="flex flex-wrap items-center gap-2">
              <h2 className="min-w-0 font-mono text-sm wrap-anywhere" id="webhook-title">{webhook.url}</h2>
              <WebhookStatus webhook={webhook} />
            </div>
            <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-muted">
              <span>{webhook.eventTypes.join(", ")}</span>
              {webhook.oldSecretEndsAt !== null && webhook.oldSecretEndsAt > new Date() ? <span className="text-wait">the old secret signs until <Instant at={webhook.oldSecretEndsAt} /></span> : null}
            </p>
          </div>
          <WebhookActions workspaceId={workspaceId} webhook={webhook} listHref={`${settings}/${webhook.kind === "webhook" ? "webhooks" : "notifications"}`} />
        </CardBody>
      </Card>
      <Card aria-labelledby="deliveries-title">
        <CardHeader title="Deliveries" id="deliveries-title" />
        {deliveries.length === 0 ? (
          <EmptyState icon={Send} title="Nothing sent yet">Send a test to see whether it arrives. What is sent is listed here for 30 days.</EmptyState>
        ) : (
          <DeliveryList deliveries={deliveries} workspaceId={workspaceId} webhookId={webhookId} mayRedeliver={webhook.disabledAt === null} />
        )}
        <OlderNewer newerHref={from === null ? null : here} olderHref={next === null ? null : `${here}?before=${next}`} />
      </Card>
    </div>
  );
}
