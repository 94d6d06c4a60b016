import { FileSearch, ReceiptText } from "lucide-react";
import type { Metadata } from "next";
import { validate as isUuid } from "uuid";
import { ExportMenu } from "@/components/data-table/export-menu";
import { ListFrame } from "@/components/data-table/list-frame";
import { Toolbar } from "@/components/data-table/toolbar";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { RECEIPT_FILTER_PARAMS, ReceiptFilters } from "@/components/receipts/receipt-filters";
import { ReceiptList } from "@/components/receipts/receipt-list";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderNewer } from "@/components/ui/older-newer";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import type { ExportFormat } from "@/lib/action-runs/list/schema";
import { requireMember } from "@/lib/auth/require-member";
import { isReceiptFiltered, type ReceiptFilter, receiptFilterParams } from "@/lib/domain/log/receipt-filter";
import { listReceiptedRuns, type ReceiptPage } from "@/lib/receipts/document/list-receipts";
import { parseReceiptFilter } from "@/lib/receipts/document/schema";
import { listActionNames } from "@/lib/registered-actions/list-action-names";

export const metadata: Metadata = { title: "Receipts" };

const PAGE_SIZE = 50;

interface Props {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Every final decision and every reported execution of the workspace, with its evidence. */
export default async function ReceiptsPage({ params, searchParams }: Props) {
  const { ctx, workspace } = await requireMember((await params).workspaceId);
  const query = await searchParams;
  const filter = parseReceiptFilter(query);
  const home = `/workspaces/${workspace.id}/receipts`;
  const [page, actionNames] = await Promise.all([
    listReceiptedRuns(ctx, filter, { before: idIn(query.before), after: idIn(query.after) }, PAGE_SIZE),
    listActionNames(ctx),
  ]);
  const isFiltered = isReceiptFiltered(filter);

  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspace.id}` }, { label: "Receipts" }]} />
      <RefreshWhenLive topics={["receipts", "runs"]} />
      <PageHeader
        title="Receipts"
        description="What was decided about each run, by whom and why, and what the app reported afterwards."
        actions={
          page.receipts.length === 0 ? null : (
            <ExportMenu
              label={isFiltered ? "Export all matches" : "Export all receipts"}
              csvHref={exportHref(home, filter, "csv")}
              jsonHref={exportHref(home, filter, "json")}
            />
          )
        }
      />
      <ListFrame label="Receipts">
        {page.receipts.length === 0 && !isFiltered ? null : (
          <Toolbar filterParams={RECEIPT_FILTER_PARAMS}>
            <ReceiptFilters filter={filter} actionNames={actionNames} />
          </Toolbar>
        )}
        {page.receipts.length === 0 ? (
          <Nothing isFiltered={isFiltered} home={home} setupHref={`/workspaces/${workspace.id}/setup`} />
        ) : (
          <>
            <ReceiptList receipts={page.receipts} home={home} />
            <Pages page={page} filter={filter} home={home} />
          </>
        )}
      </ListFrame>
    </Page>
  );
}

function Nothing({ isFiltered, home, setupHref }: { isFiltered: boolean; home: string; setupHref: string }) {
  if (isFiltered) {
    return (
      <EmptyState icon={FileSearch} title="No receipts match these filters" action={<ButtonLink href={home}>Clear filters</ButtonLink>}>
        The workspace has receipts, but none with these filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ReceiptText} title="No receipts yet" action={<ButtonLink href={setupHref}>Open setup</ButtonLink>}>
      A receipt is written with every final decision: allowed, approved, rejected or blocked. Another one follows when the app reports the
      execution.
    </EmptyState>
  );
}

function Pages({ page, filter, home }: { page: ReceiptPage; filter: ReceiptFilter; home: string }) {
  const address = (place: Record<string, string>) =>
    `${home}?${new URLSearchParams([...receiptFilterParams(filter), ...Object.entries(place)]).toString()}`;
  const first = page.receipts[0];
  const last = page.receipts.at(-1);
  return (
    <OlderNewer
      newerHref={page.hasNewer && first ? address({ after: first.id }) : null}
      olderHref={page.hasMore && last ? address({ before: last.id }) : null}
    />
  );
}

function exportHref(home: string, filter: ReceiptFilter, format: ExportFormat): string {
  return `${home}/export?${new URLSearchParams([...receiptFilterParams(filter), ["format", format]]).toString()}`;
}

function idIn(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && isUuid(value) ? value : undefined;
}
