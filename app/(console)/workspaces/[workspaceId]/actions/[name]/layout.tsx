import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMember } from "@/lib/auth/require-member";
import { findAction } from "@/lib/registered-actions/find-action";

/** Checked before the response starts: once the skeleton is sent, the status is 200. */
export default async function ActionLayout({
  params,
  children,
}: {
  params: Promise<{ workspaceId: string; name: string }>;
  children: ReactNode;
}) {
  const { workspaceId, name } = await params;
  const { ctx } = await requireMember(workspaceId);
  if (!(await findAction(ctx, name))) notFound();
  return children;
}
