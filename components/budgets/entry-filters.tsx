import { VisibleText } from "@/components/action-runs/visible-text";
import { Link } from "@/components/ui/link";
import { Segmented } from "@/components/ui/segmented";
import type { EntryFilter } from "@/lib/budgets/get-budget-page";
import { STATE_LABELS } from "./budget-labels";
import { budgetPath } from "./budget-paths";

interface Place {
  readonly workspaceId: string;
  readonly budgetId: string;
  readonly filter: EntryFilter;
  readonly key: string | null;
}

const LABELS: Record<EntryFilter, string> = { all: "All", exceeded: "Over the limit", unreadable: "Can’t be counted", ...STATE_LABELS };

/** The address of a budget's ledger. */
export function entriesPath({ workspaceId, budgetId, filter, key, before = null }: Place & { before?: string | null }): string {
  const search = new URLSearchParams();
  if (filter !== "all") search.set("state", filter);
  if (key !== null) search.set("key", key);
  if (before !== null) search.set("before", before);
  const query = search.toString();
  return `${budgetPath(workspaceId, budgetId)}${query === "" ? "" : `?${query}`}`;
}

/** What is shown of a ledger: by what became of the runs, and of one value alone. */
export function EntryFilters({ place: { filter, key, ...where }, value }: { place: Place; value: string | null }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
      <Segmented
        label="Filter runs"
        value={filter}
        options={(Object.keys(LABELS) as EntryFilter[]).map((one) => ({
          value: one,
          label: LABELS[one],
          href: entriesPath({ ...where, filter: one, key }),
        }))}
      />
      {key === null ? null : (
        <p className="min-w-0 text-xs text-muted wrap-anywhere">
          Only {value === null ? "one value" : <VisibleText text={value} />}.{" "}
          <Link className="rounded-sm text-link hover:underline" href={entriesPath({ ...where, filter, key: null })} scroll={false}>
            Show all
          </Link>
        </p>
      )}
    </div>
  );
}
