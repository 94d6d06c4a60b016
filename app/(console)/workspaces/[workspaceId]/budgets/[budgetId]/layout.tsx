import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { validate as isUuid } from "uuid";
import { requireMember } from "@/lib/auth/require-member";
import { hasBudget } from "@/lib/budgets/list-budgets";

/** Checked before the response starts: once the skeleton is sent, the status is 200. */
export default async function BudgetLayout({
  params,
  children,
}: {
  params: Promise<{ workspaceId: string; budgetId: string }>;
  children: ReactNode;
}) {
  const { workspaceId, budgetId } = await params;
  const { ctx } = await requireMember(workspaceId);
  if (!isUuid(budgetId) || !(await hasBudget(ctx, budgetId))) notFound();
  return children;
}
