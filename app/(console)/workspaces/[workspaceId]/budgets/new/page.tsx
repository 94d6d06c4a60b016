import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BudgetForm } from "@/components/budgets/budget-form";
import { budgetsPath } from "@/components/budgets/budget-paths";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { listCountableActions } from "@/lib/budgets/list-budgets";
import type { TypedBudget } from "@/lib/budgets/schema";
import { isPermitted } from "@/lib/domain/access/permissions";

export const metadata: Metadata = { title: "Create a budget" };

const START: TypedBudget = {
  name: "",
  countsAllActions: true,
  actions: [],
  measure: "sum",
  currency: "",
  limit: "",
  per: "nothing",
  perField: "",
  period: "week",
  timeZone: "UTC",
  whenExceeded: "ask",
};

export default async function NewBudgetPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  if (!isPermitted(role, "budget.manage")) notFound();
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Budgets", href: budgetsPath(workspaceId) },
          { label: "Create" },
        ]}
      />
      <PageHeader title="Create a budget" description="It counts runs proposed from now on." />
      <BudgetForm
        workspaceId={workspaceId}
        id={null}
        start={START}
        actions={await listCountableActions(ctx)}
        timeZones={["UTC", ...Intl.supportedValuesOf("timeZone")]}
      />
    </Page>
  );
}
