import type { ReactNode } from "react";
import { requireMember } from "@/lib/auth/require-member";

/** A workspace of others is not found, whatever page of it was asked for. */
export default async function WorkspaceLayout({ params, children }: { params: Promise<{ workspaceId: string }>; children: ReactNode }) {
  await requireMember((await params).workspaceId);
  return children;
}
