import { Bell } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { NewWebhookDialog } from "@/components/webhooks/new-webhook-dialog";
import { WebhookList } from "@/components/webhooks/webhook-list";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "webhook.manage")) notFound();
  const channels = await listWebhooks(ctx, ["slack", "notification"]);
  return (
    <Card aria-labelledby="notifications-title">
      <RefreshWhenLive topics={["webhooks"]} workspaceId={workspaceId} />
      <CardHeader
        title="Channels"
        id="notifications-title"
        actions={
          <>
            <NewWebhookDialog workspaceId={workspaceId} kind="notification" />
            <NewWebhookDialog workspaceId={workspaceId} kind="slack" />
          </>
        }
      />
      {channels.length === 0 ? (
        <EmptyState icon={Bell} title="No channels yet">
          Notify a Slack channel, or a webhook of your own, when a run is pending approval. A message links to the run here and decides
          nothing.
        </EmptyState>
      ) : (
        <WebhookList webhooks={channels} workspaceId={workspaceId} />
      )}
      <CardFooter>
        <span className="text-xs">
          Approvers get their emails regardless of these settings.{" "}
          <Link className="text-link hover:underline" href="/docs/webhooks#slack">
            What channels receive
          </Link>
        </span>
      </CardFooter>
    </Card>
  );
}
