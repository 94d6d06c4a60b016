import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeleteWorkspaceCard } from "@/components/workspaces/delete-workspace-card";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { getWorkspaceSettings } from "@/lib/workspaces/get-workspace-settings";

export const metadata: Metadata = { title: "Danger zone" };

export default async function DangerZonePage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role } = await requireMember(workspaceId);
  if (!isPermitted(role, "workspace.delete")) notFound();
  const { name, runsWaiting } = await getWorkspaceSettings(ctx);
  return <DeleteWorkspaceCard workspaceId={workspaceId} name={name} runsWaiting={runsWaiting} />;
}
