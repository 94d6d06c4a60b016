import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BudgetForm } from "@/components/budgets/budget-form";
import { budgetPath, budgetsPath } from "@/components/budgets/budget-paths";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { listBudgets, listCountableActions } from "@/lib/budgets/list-budgets";
import { isPermitted } from "@/lib/domain/access/permissions";

export const metadata: Metadata = { title: "Edit a budget" };

export default async function EditBudgetPage({ params }: { params: Promise<{ workspaceId: string; budgetId: string }> }) {
  const { workspaceId, budgetId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const [budget] = isPermitted(role, "budget.manage") ? await listBudgets(ctx, { id: budgetId }) : [];
  if (!budget || budget.deletedAt !== null) notFound();
  const { name, countsAllActions, measure, currency, limit, per, perField, period, timeZone, whenExceeded } = budget;
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Budgets", href: budgetsPath(workspaceId) },
          { label: name, href: budgetPath(workspaceId, budgetId) },
          { label: "Edit" },
        ]}
      />
      <PageHeader
        title={`Edit ${name}`}
        description="Changes apply to runs proposed from now on. To count something else, create another budget."
      />
      <BudgetForm
        workspaceId={workspaceId}
        id={budgetId}
        start={{
          name,
          countsAllActions,
          actions: budget.actions.map((action) => action.name),
          measure,
          currency: currency ?? "",
          limit,
          per,
          perField: perField ?? "",
          period,
          timeZone,
          whenExceeded,
        }}
        actions={await listCountableActions(ctx)}
        timeZones={[]}
      />
    </Page>
  );
}
