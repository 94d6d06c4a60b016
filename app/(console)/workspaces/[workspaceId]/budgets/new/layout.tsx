import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";

/** Checked before the page begins to respond: once its skeleton is sent, the status is 200. */
export default async function NewBudgetLayout({ params, children }: { params: Promise<{ workspaceId: string }>; children: ReactNode }) {
  const { role } = await requireMember((await params).workspaceId);
  if (!isPermitted(role, "budget.manage")) notFound();
  return children;
}
