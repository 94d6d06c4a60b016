import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { validate as isUuid } from "uuid";
import { requireMember } from "@/lib/auth/require-member";
import { listGrants } from "@/lib/grants/list-grants";

/** Checked before the response starts: once the skeleton is sent, the status is 200. */
export default async function GrantLayout({
  params,
  children,
}: {
  params: Promise<{ workspaceId: string; grantId: string }>;
  children: ReactNode;
}) {
  const { workspaceId, grantId } = await params;
  const { ctx } = await requireMember(workspaceId);
  if (!isUuid(grantId) || (await listGrants(ctx, grantId)).length === 0) notFound();
  return children;
}
