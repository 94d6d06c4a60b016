import type { ReactNode } from "react";
import { requireMember } from "@/lib/auth/require-member";

/** Every page of another's workspace is a 404. */
export default async function WorkspaceLayout({ params, children }: { params: Promise<{ workspaceId: string }>; children: ReactNode }) {
  await requireMember((await params).workspaceId);
  return children;
}
