import { z } from "zod";
import { isActionName } from "@/lib/domain/policy/action-names";
import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES, REVOCATION_REASONS } from "@/lib/domain/runs/statuses";
import { isStorableText } from "@/lib/domain/text/storable-text";
import { DAY_MS, HOUR_MS } from "@/lib/domain/time/units";

/** The execution status as it is shown: a run in doubt is that, and no longer awaiting its report. */
export const EXECUTION_FILTERS = [...EXECUTION_STATUSES, "in_doubt"] as const;
export type ExecutionFilter = (typeof EXECUTION_FILTERS)[number];

/** How a run was rejected without a person's rejection: what lists can be filtered by. */
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

const MOST_VALUES = 100;
const TEXT_MAX_LENGTH = 200;
/** More than an email address can have. A longer recipient cannot be filtered by. */
export const RECIPIENT_MAX_LENGTH = 320;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
/** A run's place in a sorted list: its sort value, if it is not sorted by id alone, and its id. */
const CURSOR = new RegExp(`^(?:([0-9.]{1,130}|none)~)?(${UUID})$`);

/** What the page of runs is asked for: everything that its address says. Nothing of it is ever refused. */
export interface RunSearch {
  readonly governance: readonly (typeof GOVERNANCE_STATUSES)[number][];
  readonly execution: readonly ExecutionFilter[];
  readonly endings: readonly Ending[];
  readonly actions: readonly string[];
  readonly actors: readonly string[];
  /** Exactly this one, as a link asks for it. */
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
  /** How many runs stand before this page, as far as its reader came here page by page; for display only. */
  readonly at: number;
  readonly size: (typeof PAGE_SIZES)[number];
}

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const list = (value: unknown) => [value ?? []].flat();
/** Values of a list are joined by commas; a comma inside of one is written %2C. */
export const joinValues = (values: readonly string[]) => values.map(escapeValue).join(",");
export const escapeValue = (value: string) => value.replaceAll("%", "%25").replaceAll(",", "%2C");
const splitValues = (value: unknown) =>
  list(value).flatMap((text) =>
    typeof text === "string" ? text.split(",").map((one) => one.replaceAll("%2C", ",").replaceAll("%25", "%")) : [],
  );
export const manyOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => [...new Set(splitValues(value))].filter((one) => item.safeParse(one).success).slice(0, MOST_VALUES),
    z.array(item),
  );
/** The first of several; null when it is not there or not to be understood. */
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

/** Reads the page's address. What cannot be understood is left out, whatever it is. */
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

/** The address of a search: what stands at its default is left out, so that one search has one address. */
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

/** "-amount" is descending; the newest first is the default, and not said. */
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

/** A cursor's parts: the amount ("none" without one) and the id. `value` is null where runs are sorted by id alone. */
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

/** What else the address of an export says: its format, and the ids when only some runs are meant. */
export function parseExport(params: Params): { format: ExportFormat; ids: readonly string[] } {
  const { format, id } = exportSchema.parse(params);
  return { format: format ?? "csv", ids: id };
}

export const refreshRunsSchema = z.strictObject({
  /** The page's address, as it stands behind the question mark. */
  search: z.string().max(10_000),
  ids: z.array(z.uuid()).max(Math.max(...PAGE_SIZES)),
});

/** A query string as parsed parameters: a name that occurs several times has a list. */
export function paramsOf(search: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(search.keys())].map((name) => [name, search.getAll(name)]));
}
