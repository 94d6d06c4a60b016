import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WebhookDetail } from "@/components/webhooks/webhook-detail";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getWebhookPage } from "@/lib/webhooks/get-webhook-page";

export const metadata: Metadata = { title: "Webhook" };

interface Props {
  params: Promise<{ workspaceId: string; webhookId: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const { workspaceId, webhookId: id } = await params;
  const { before } = await searchParams;
  const { ctx, role } = await requireMember(workspaceId);
  const page = isPermitted(role, "webhook.manage") ? await getWebhookPage(ctx, ["webhook"], { id, before }) : null;
  if (!page) notFound();
  return <WebhookDetail workspaceId={workspaceId} page={page} />;
}
