import { List } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { VisibleText } from "@/components/action-runs/visible-text";
import { BudgetActions } from "@/components/budgets/budget-actions";
import { BudgetEntries } from "@/components/budgets/budget-entries";
import { EFFECT_LABELS } from "@/components/budgets/budget-labels";
import { BudgetLevels } from "@/components/budgets/budget-levels";
import { budgetsPath } from "@/components/budgets/budget-paths";
import { BudgetTermsCard } from "@/components/budgets/budget-terms-card";
import { EntryFilters, entriesPath } from "@/components/budgets/entry-filters";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderNewer } from "@/components/ui/older-newer";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Tag } from "@/components/ui/tag";
import { requireMember } from "@/lib/auth/require-member";
import { getBudgetPage } from "@/lib/budgets/get-budget-page";
import { isPermitted } from "@/lib/domain/access/permissions";
import { budgetTermsText } from "@/lib/domain/budgets/budget-text";

export const metadata: Metadata = { title: "Budget" };

interface Props {
  params: Promise<{ workspaceId: string; budgetId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function BudgetPage({ params, searchParams }: Props) {
  const { workspaceId, budgetId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  const page = await getBudgetPage(ctx, budgetId, await searchParams);
  if (!page) notFound();
  const { budget, levels, entries, filter, key, before, next } = page;
  const here = { workspaceId, budgetId, filter, key };
  const isFiltered = filter !== "all" || key !== null;
  return (
    <Page>
      <Crumbs
        items={[
          { label: workspace.name, href: `/workspaces/${workspaceId}` },
          { label: "Budgets", href: budgetsPath(workspaceId) },
          { label: budget.name },
        ]}
      />
      <RefreshWhenLive topics={["budgets", "runs"]} workspaceId={workspaceId} />
      <PageHeader
        title={<VisibleText text={budget.name} />}
        description={`${budgetTermsText(budget)}, ${EFFECT_LABELS[budget.whenExceeded].short}`}
        badges={budget.deletedAt === null ? undefined : <Tag>Deleted</Tag>}
        actions={
          isPermitted(role, "budget.manage") && budget.deletedAt === null ? (
            <BudgetActions workspaceId={workspaceId} id={budget.id} name={budget.name} />
          ) : undefined
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <BudgetLevels workspaceId={workspaceId} budget={budget} levels={levels} />
        <BudgetTermsCard workspaceId={workspaceId} budget={budget} />
      </div>
      <Card className="mt-4" aria-labelledby="entries">
        <CardHeader title="Counted runs" id="entries" />
        <EntryFilters place={here} value={levels.find((level) => level.key === key)?.value ?? null} />
        {entries.length === 0 ? (
          isFiltered || before !== null ? (
            <EmptyState
              icon={List}
              title="No runs match these filters"
              level={3}
              action={<ButtonLink href={entriesPath({ ...here, filter: "all", key: null })}>Clear filters</ButtonLink>}
            />
          ) : (
            <EmptyState icon={List} title="No runs yet" level={3}>
              Each run that counts toward this budget will appear here, with what was used before it.
            </EmptyState>
          )
        ) : (
          <BudgetEntries workspaceId={workspaceId} budget={budget} entries={entries} />
        )}
        <OlderNewer
          newerHref={before === null ? null : entriesPath(here)}
          olderHref={next === null ? null : entriesPath({ ...here, before: next })}
        />
      </Card>
    </Page>
  );
}
