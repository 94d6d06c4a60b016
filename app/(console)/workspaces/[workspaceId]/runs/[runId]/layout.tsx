import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { isRun } from "@/lib/action-runs/show/is-run";
import { requireMember } from "@/lib/auth/require-member";

/** Checked before the response starts: once the skeleton is sent, the status is 200. */
export default async function RunLayout({
  params,
  children,
}: {
  params: Promise<{ workspaceId: string; runId: string }>;
  children: ReactNode;
}) {
  const { workspaceId, runId } = await params;
  const { ctx } = await requireMember(workspaceId);
  if (!(await isRun(ctx, runId))) notFound();
  return children;
}
