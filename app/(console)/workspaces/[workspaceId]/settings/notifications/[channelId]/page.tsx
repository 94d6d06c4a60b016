import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WebhookDetail } from "@/components/webhooks/webhook-detail";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getWebhookPage } from "@/lib/webhooks/get-webhook-page";

export const metadata: Metadata = { title: "Channel" };

interface Props {
  params: Promise<{ workspaceId: string; channelId: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function ChannelPage({ params, searchParams }: Props) {
  const { workspaceId, channelId: id } = await params;
  const { before } = await searchParams;
  const { ctx, role } = await requireMember(workspaceId);
  const page = isPermitted(role, "webhook.manage") ? await getWebhookPage(ctx, ["slack", "notification"], { id, before }) : null;
  if (!page) notFound();
  return <WebhookDetail workspaceId={workspaceId} page={page} />;
}
