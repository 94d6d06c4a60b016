import { EXECUTION_STATUSES, type GOVERNANCE_STATUSES, REVOCATION_REASONS } from "@/lib/domain/runs/statuses";
import { DAY_MS, HOUR_MS } from "@/lib/domain/time/units";

/** The execution status as shown: a run in doubt is a separate value, not awaiting its report. */
export const EXECUTION_FILTERS = [...EXECUTION_STATUSES, "in_doubt"] as const;
export type ExecutionFilter = (typeof EXECUTION_FILTERS)[number];

/** The reasons for a rejection without a person's decision, which lists can be filtered by. */
export const ENDINGS = ["approval_expired", ...REVOCATION_REASONS] as const;
export type Ending = (typeof ENDINGS)[number];

export const RUN_SORTS = ["created", "amount"] as const;
export type RunSort = (typeof RUN_SORTS)[number];
export const SORT_DIRECTIONS = ["desc", "asc"] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];
export const PERIODS = ["1h", "24h", "7d", "30d", "90d"] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_MS: Readonly<Record<Period, number>> = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "90d": 90 * DAY_MS,
};
export const PAGE_SIZES = [25, 50, 100] as const;

/** More than an email address can have. A longer recipient cannot be filtered by. */
export const RECIPIENT_MAX_LENGTH = 320;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** A run's place in a sorted list: its sort value, unless it is sorted by id alone, and its id. */
const CURSOR = new RegExp(`^(?:([0-9.]{1,130}|none)~)?(${UUID})$`);

/** The parsed URL of the runs page. Invalid input never fails. */
export interface RunSearch {
  readonly governance: readonly (typeof GOVERNANCE_STATUSES)[number][];
  readonly execution: readonly ExecutionFilter[];
  readonly endings: readonly Ending[];
  readonly actions: readonly string[];
  readonly actors: readonly string[];
  /** Exact match, set by links. */
  readonly recipient: string | null;
  readonly within: Period | null;
  /** Days in UTC, `until` included. */
  readonly from: string | null;
  readonly until: string | null;
  readonly amountMin: string | null;
  readonly amountMax: string | null;
  readonly currency: string | null;
  readonly text: string | null;
  readonly sort: RunSort;
  readonly direction: SortDirection;
  readonly after: string | null;
  readonly before: string | null;
  /** How many runs precede this page, if the reader paged here from the start; for display only. */
  readonly at: number;
  readonly size: (typeof PAGE_SIZES)[number];
}

/** List values are joined by commas; a comma inside one is written %2C. */
export const joinValues = (values: readonly string[]) => values.map(escapeValue).join(",");
export const escapeValue = (value: string) => value.replaceAll("%", "%25").replaceAll(",", "%2C");

/** Returns a search's URL parameters, without those at their defaults, so that each search has one URL. */
export function runSearchParams(search: RunSearch): URLSearchParams {
  const params = new URLSearchParams();
  const add = (name: string, value: string | null) => value !== null && value !== "" && params.set(name, value);
  add("status", joinValues(search.governance));
  add("execution", joinValues(search.execution));
  add("ended", joinValues(search.endings));
  add("action", joinValues(search.actions));
  add("actor", joinValues(search.actors));
  add("recipient", search.recipient);
  add("within", search.within);
  add("from", search.from);
  add("until", search.until);
  add("min", search.amountMin);
  add("max", search.amountMax);
  add("currency", search.currency);
  add("q", search.text);
  add("sort", sortText(search));
  add("after", search.after);
  add("before", search.before);
  add("at", search.at === 0 ? null : String(search.at));
  add("rows", search.size === 50 ? null : String(search.size));
  return params;
}

/** "-amount" is descending. The default, newest first, is omitted. */
function sortText({ sort, direction }: RunSearch): string | null {
  if (sort === "created" && direction === "desc") return null;
  return direction === "desc" ? `-${sort}` : sort;
}

/** The same search from its first page. */
export function firstPage(search: RunSearch): RunSearch {
  return { ...search, after: null, before: null, at: 0 };
}

export function isFiltered(search: RunSearch): boolean {
  const { governance, execution, endings, actions, actors, recipient, within, from, until, amountMin, amountMax, currency, text } = search;
  const lists = [governance, execution, endings, actions, actors];
  return (
    lists.some((values) => values.length > 0) ||
    [recipient, within, from, until, amountMin, amountMax, currency, text].some((value) => value !== null)
  );
}

/** Parses a cursor into the amount ("none" without one) and the id. `value` is null where runs are sorted by id alone. */
export function readCursor(text: string): { value: string | null; id: string } | null {
  const [, value = null, id] = CURSOR.exec(text) ?? [];
  if (id === undefined || (value !== null && value !== "none" && !/^[0-9]+(\.[0-9]+)?$/.test(value))) return null;
  return { value, id };
}

/** Parses a query string. A repeated name yields a list. */
export function paramsOf(search: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}
