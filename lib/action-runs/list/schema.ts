import { z } from "zod";
import { isActionName } from "@/lib/domain/policy/action-names";
import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";
import {
  ENDINGS,
  EXECUTION_FILTERS,
  PAGE_SIZES,
  PERIODS,
  RECIPIENT_MAX_LENGTH,
  RUN_SORTS,
  type RunSearch,
  readCursor,
} from "@/lib/domain/runs/run-search";
import { GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { isStorableText } from "@/lib/domain/text/storable-text";

const MAX_VALUES = 100;
const TEXT_MAX_LENGTH = 200;

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

const list = (value: unknown) => [value ?? []].flat();
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
const cursor = z.string().refine((text) => readCursor(text) !== null);

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
