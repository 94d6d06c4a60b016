import { z } from "zod";
import { isActionName } from "@/lib/domain/policy/action-names";
import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES, REVOCATION_REASONS } from "@/lib/domain/runs/statuses";
import { isStorableText } from "@/lib/domain/text/storable-text";
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

const MAX_VALUES = 100;
const TEXT_MAX_LENGTH = 200;
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

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const list = (value: unknown) => [value ?? []].flat();
/** List values are joined by commas; a comma inside one is written %2C. */
export const joinValues = (values: readonly string[]) => values.map(escapeValue).join(",");
export const escapeValue = (value: string) => value.replaceAll("%", "%25").replaceAll(",", "%2C");
const splitValues = (value: unknown) =>
  list(value).flatMap((text) =>
    typeof text === "string" ? text.split(",").map((one) => one.replaceAll("%2C", ",").replaceAll("%25", "%")) : [],
  );
export const manyOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => [...new Set(splitValues(value))].filter((one) => item.safeParse(one).success).slice(0, MAX_VALUES),
    z.array(item),
  );
/** Returns the first of several values; null when it is absent or invalid. */
export const oneOf = <T extends z.ZodType>(item: T) => z.preprocess((value) => list(value)[0] ?? null, item.nullable()).catch(null);

const plainText = z.string().trim().min(1).max(TEXT_MAX_LENGTH).refine(isStorableText);
/** Not trimmed: a recipient is compared as it was received. */
const exactText = z.string().min(1).max(RECIPIENT_MAX_LENGTH).refine(isStorableText);
const decimal = z.string().trim().refine(isPlainDecimal).transform(normalizeDecimal);
const cursor = z
  .string()
  .regex(CURSOR)
  .refine((text) => readCursor(text) !== null);

const paramsSchema = z.object({
  status: manyOf(z.enum(GOVERNANCE_STATUSES)),
  execution: manyOf(z.enum(EXECUTION_FILTERS)),
  ended: manyOf(z.enum(ENDINGS)),
  action: manyOf(z.string().refine(isActionName)),
  actor: manyOf(plainText),
  recipient: oneOf(exactText),
  within: oneOf(z.enum(PERIODS)),
  from: oneOf(z.iso.date()),
  until: oneOf(z.iso.date()),
  min: oneOf(decimal),
  max: oneOf(decimal),
  currency: oneOf(z.string().trim().min(1).max(20).refine(isStorableText)),
  q: oneOf(plainText),
  sort: oneOf(z.templateLiteral([z.enum(["", "-"]), z.enum(RUN_SORTS)])),
  after: oneOf(cursor),
  before: oneOf(cursor),
  at: oneOf(
    z
      .string()
      .regex(/^[0-9]{1,9}$/)
      .transform(Number),
  ),
  rows: oneOf(z.enum(PAGE_SIZES.map(String)).transform((text) => PAGE_SIZES.find((size) => String(size) === text) ?? 50)),
});

/** Parses the page's URL. Invalid parts are ignored. */
export function parseRunSearch(params: Params): RunSearch {
  const given = paramsSchema.parse(params);
  const sort = given.sort?.endsWith("amount") ? "amount" : "created";
  const fits = (place: string | null) => (place !== null && (readCursor(place)?.value === null) === (sort === "created") ? place : null);
  const after = fits(given.after);
  const before = after === null ? fits(given.before) : null;
  return {
    governance: given.status,
    execution: given.execution,
    endings: given.ended,
    actions: given.action,
    actors: given.actor,
    recipient: given.recipient,
    within: given.within,
    from: given.within === null ? given.from : null,
    until: given.within === null ? given.until : null,
    amountMin: given.min,
    amountMax: given.max,
    currency: given.currency,
    text: given.q,
    sort,
    direction: given.sort === sort ? "asc" : "desc",
    after,
    before,
    at: (after ?? before) === null ? 0 : (given.at ?? 0),
    size: given.rows ?? 50,
  };
}

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

const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const exportSchema = z.object({
  format: oneOf(z.enum(EXPORT_FORMATS)),
  id: manyOf(z.uuid()),
});

/** The other URL parameters of an export: its format, and the ids when only some runs are exported. */
export function parseExport(params: Params): { format: ExportFormat; ids: readonly string[] } {
  const { format, id } = exportSchema.parse(params);
  return { format: format ?? "csv", ids: id };
}

export const refreshRunsSchema = z.strictObject({
  /** Returns the page's query string. */
  search: z.string().max(10_000),
  ids: z.array(z.uuid()).max(Math.max(...PAGE_SIZES)),
});

/** Parses a query string. A repeated name yields a list. */
export function paramsOf(search: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}
