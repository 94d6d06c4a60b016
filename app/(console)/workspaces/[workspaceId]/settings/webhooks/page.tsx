import { Webhook } from "lucide-react";
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

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "webhook.manage")) notFound();
  const webhooks = await listWebhooks(ctx, ["webhook"]);
  return (
    <Card aria-labelledby="webhooks-title">
      <RefreshWhenLive topics={["webhooks"]} workspaceId={workspaceId} />
      <CardHeader title="Webhooks" id="webhooks-title" actions={<NewWebhookDialog workspaceId={workspaceId} kind="webhook" />} />
      {webhooks.length === 0 ? (
        <EmptyState icon={Webhook} title="No webhooks yet">
          The console posts to your app when a run is pending, decided, reported or in doubt, so your app doesn’t have to poll.
        </EmptyState>
      ) : (
        <WebhookList webhooks={webhooks} workspaceId={workspaceId} />
      )}
      <CardFooter>
        <span className="text-xs">
          Signed by the Standard Webhooks specification and retried for a day.{" "}
          <Link className="text-link hover:underline" href="/docs/webhooks">
            How to verify a webhook
          </Link>
        </span>
      </CardFooter>
    </Card>
  );
}
