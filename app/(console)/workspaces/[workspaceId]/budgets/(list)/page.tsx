import { Gauge, Plus } from "lucide-react";
import type { Metadata } from "next";
import { BudgetList } from "@/components/budgets/budget-list";
import { newBudgetPath } from "@/components/budgets/budget-paths";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireMember } from "@/lib/auth/require-member";
import { listBudgets } from "@/lib/budgets/list-budgets";
import { isPermitted } from "@/lib/domain/access/permissions";

export const metadata: Metadata = { title: "Budgets" };

export default async function BudgetsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const budgets = await listBudgets(ctx);
  const create = isPermitted(role, "budget.manage") ? (
    <ButtonLink href={newBudgetPath(workspaceId)} variant="primary" icon={<Plus />}>
      Create budget
    </ButtonLink>
  ) : undefined;
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Budgets" }]} />
      <RefreshWhenLive topics={["budgets", "runs"]} workspaceId={workspaceId} />
      <PageHeader
        title="Budgets"
        description="Limits on what many runs add up to. Runs over a limit require approval or are blocked."
        actions={budgets.length === 0 ? undefined : create}
      />
      <Card>
        {budgets.length === 0 ? (
          <EmptyState icon={Gauge} title="No budgets yet" action={create}>
            A budget limits what many runs add up to, such as 2,000 EUR of refunds a week or 20 emails a day for each agent.{" "}
            <Link className="text-link hover:underline" href="/docs/policies#budgets">
              How budgets work
            </Link>
          </EmptyState>
        ) : (
          <BudgetList workspaceId={workspaceId} budgets={budgets} />
        )}
      </Card>
    </Page>
  );
}
