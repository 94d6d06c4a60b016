"use client";

import { ArrowUp, Download, List, SearchX } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { ColumnChooser } from "@/components/data-table/column-chooser";
import { DataTable } from "@/components/data-table/data-table";
import { ExportMenu } from "@/components/data-table/export-menu";
import { KeysetPagination } from "@/components/data-table/keyset-pagination";
import { ListFrame } from "@/components/data-table/list-frame";
import { ClearFilters, Toolbar } from "@/components/data-table/toolbar";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { RunFacets } from "@/lib/action-runs/list/get-run-facets";
import type { RunRow } from "@/lib/action-runs/list/run-row";
import type { RunPage } from "@/lib/action-runs/list/search-runs";
import type { SavedView } from "@/lib/action-runs/views/saved-views";
import { firstPage, isFiltered, PAGE_SIZES, type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";
import { exportHref, exportLabel } from "./export-href";
import { runColumns } from "./run-columns";
import { FILTER_PARAMS, RunFilters } from "./run-filters";
import { SavedViews } from "./saved-views";
import { shortId } from "./short-id";
import { useFreshRuns } from "./use-fresh-runs";
import { usePinnedPage } from "./use-pinned-page";

const TABLE_ID = "runs";
const NUMBER = new Intl.NumberFormat("en");

const rowId = (row: RunRow) => row.id;
const rowLabel = (row: RunRow) => `${row.actionTitle ?? row.actionName}, run ${shortId(row.id)}`;

/** The page of runs: its URL holds the search, and live changes appear in place. */
export function RunList({
  workspaceId,
  base,
  search,
  page: newest,
  facets,
  registrable,
  views,
}: {
  workspaceId: string;
  base: string;
  search: RunSearch;
  page: RunPage;
  facets: RunFacets;
  /** Names that agents proposed and the reader can register as actions. */
  registrable: readonly string[];
  /** The reader's saved views. */
  views: readonly SavedView[];
}) {
  const columns = useMemo(() => runColumns(base, registrable), [base, registrable]);
  const { page, unpin } = usePinnedPage(search, newest);
  const { rows, newer } = useFreshRuns(workspaceId, search, page.rows);
  const router = useRouter();
  const showNewer = () => {
    unpin();
    router.refresh();
  };
  const path = `${base}/runs`;
  const hrefOf = (wanted: RunSearch | null) => (wanted === null ? null : `${path}?${runSearchParams(wanted).toString()}`);
  const filtered = isFiltered(search);
  return (
    <>
      <PageHeader
        title="Runs"
        badges={
          page.count === null || page.count === 0 ? null : (
            <span className="text-muted tabular-nums">
              {NUMBER.format(page.count)} {filtered ? (page.count === 1 ? "match" : "matches") : "in total"}
            </span>
          )
        }
        actions={
          <>
            {page.rows.length === 0 && views.length === 0 ? null : (
              <SavedViews workspaceId={workspaceId} path={path} views={views} current={runSearchParams(firstPage(search)).toString()} />
            )}
            {page.rows.length === 0 ? null : (
              <>
                <ColumnChooser tableId={TABLE_ID} columns={columns} />
                <ExportMenu
                  label={exportLabel(page.count)}
                  csvHref={exportHref(path, search, "csv")}
                  jsonHref={exportHref(path, search, "json")}
                />
              </>
            )}
          </>
        }
      />
      <ListFrame label="Runs">
        <Toolbar
          filterParams={FILTER_PARAMS}
          end={
            newer === 0 ? null : (
              <Button size="sm" icon={<ArrowUp />} onClick={showNewer}>
                {newer >= 100 ? "100 or more" : newer} new
              </Button>
            )
          }
        >
          <RunFilters facets={facets} search={search} />
        </Toolbar>
        <DataTable
          tableId={TABLE_ID}
          columns={columns}
          rows={rows}
          rowId={rowId}
          rowLabel={rowLabel}
          sort={`${search.direction === "desc" ? "-" : ""}${search.sort}`}
          selectionActions={(selected) => {
            const ids = selected.map(rowId);
            return (
              <>
                <ButtonLink href={exportHref(path, search, "csv", ids)} size="sm" icon={<Download />} download>
                  Export {ids.length} as CSV
                </ButtonLink>
                <ButtonLink href={exportHref(path, search, "json", ids)} size="sm" icon={<Download />} download>
                  JSON
                </ButtonLink>
              </>
            );
          }}
          whenEmpty={<NoRuns search={search} page={page} base={base} onward={hrefOf(page.next)} />}
        />
        {page.searchedRuns === null || rows.length === 0 ? null : (
          <p className="border-t border-line px-4 py-2 text-xs text-muted">
            {searchedWords(search, page.searchedRuns)} Continue with “{LABELS[search.sort][search.direction].after}”.
          </p>
        )}
        {rows.length === 0 && page.next === null && page.previous === null ? null : (
          <KeysetPagination
            note={<PageNote page={page} search={search} />}
            newer={hrefOf(page.previous) ?? (search.after === null && search.before === null ? null : hrefOf(firstPage(search)))}
            older={hrefOf(page.next)}
            newerLabel={LABELS[search.sort][search.direction].before}
            olderLabel={LABELS[search.sort][search.direction].after}
            rowsPerPage={{ value: search.size, options: PAGE_SIZES }}
          />
        )}
      </ListFrame>
    </>
  );
}

/** Links to the adjacent pages and to the start of the list. */
const LABELS = {
  created: { desc: { before: "Newer", after: "Older", first: "newest" }, asc: { before: "Older", after: "Newer", first: "oldest" } },
  amount: {
    desc: { before: "Larger", after: "Smaller", first: "largest" },
    asc: { before: "Smaller", after: "Larger", first: "smallest" },
  },
} as const;

function searchedWords({ sort, direction, after, before }: RunSearch, runs: number): string {
  const count = NUMBER.format(runs);
  if (after !== null || before !== null) return `Searched another ${count} possible matches, not all of them.`;
  return `Searched the ${LABELS[sort][direction].first} ${count} possible matches, not all of them.`;
}

function PageNote({ page, search }: { page: RunPage; search: RunSearch }) {
  if (page.rows.length === 0) return null;
  const from = page.previous === null && search.before === null && search.after === null ? 0 : search.at;
  const range = `${NUMBER.format(from + 1)}–${NUMBER.format(from + page.rows.length)}`;
  return <span className="tabular-nums">{page.count === null ? range : `${range} of ${NUMBER.format(page.count)}`}</span>;
}

function NoRuns({ search, page, base, onward }: { search: RunSearch; page: RunPage; base: string; onward: string | null }) {
  if (page.searchedRuns !== null && onward !== null) {
    return (
      <EmptyState
        icon={SearchX}
        title="No matches so far"
        action={
          <>
            <ButtonLink href={onward} variant="primary" size="sm">
              Keep searching
            </ButtonLink>
            <ClearFilters filterParams={FILTER_PARAMS} />
          </>
        }
      >
        {searchedWords(search, page.searchedRuns)} To narrow the search, add a date range, a status or an action.
      </EmptyState>
    );
  }
  if (isFiltered(search) || search.after !== null || search.before !== null) {
    return (
      <EmptyState
        icon={SearchX}
        title={isFiltered(search) ? "No runs match these filters" : "No more runs"}
        action={<ClearFilters filterParams={[...FILTER_PARAMS, "after", "before", "at"]} />}
      >
        {isFiltered(search) ? "Every run in the workspace was searched." : "The list ends before this page."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={List}
      title="No runs yet"
      action={
        <ButtonLink href={`${base}/setup`} variant="primary" size="sm">
          Set up your agent
        </ButtonLink>
      }
    >
      When an agent proposes an action, its run appears here immediately: what it wants, what the policy said, who decided, and what the app
      reported.
    </EmptyState>
  );
}
