import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ENDINGS,
  EXECUTION_FILTERS,
  isFiltered,
  PAGE_SIZES,
  PERIODS,
  RUN_SORTS,
  type RunSearch,
  readCursor,
  runSearchParams,
  SORT_DIRECTIONS,
} from "@/lib/domain/runs/run-search";
import { GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { parseRunSearch } from "./schema";

const NAMES = [
  "status",
  "ended",
  "execution",
  "action",
  "actor",
  "recipient",
  "within",
  "from",
  "until",
  "min",
  "max",
  "currency",
  "q",
  "sort",
  "after",
  "before",
  "at",
  "rows",
];
const DEFAULTS = parseRunSearch({});

function paramsOf(search: RunSearch): Record<string, string[]> {
  const params = runSearchParams(search);
  return Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
}

const uuid = fc.uuid().map((id) => id.toLowerCase());
const decimal = fc
  .tuple(fc.nat(), fc.nat(99))
  .map(([whole, cents]) => (cents === 0 ? `${whole}` : `${whole}.${`${cents}`.padStart(2, "0").replace(/0$/, "")}`));
const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc
  .string({ minLength: 1, maxLength: 40 })
  .map((value) => value.trim())
  .filter((value) => value !== "" && !value.includes("\0"));
const search: fc.Arbitrary<RunSearch> = fc
  .record({
    governance: fc.uniqueArray(fc.constantFrom(...GOVERNANCE_STATUSES)),
    execution: fc.uniqueArray(fc.constantFrom(...EXECUTION_FILTERS)),
    endings: fc.uniqueArray(fc.constantFrom(...ENDINGS)),
    actions: fc.uniqueArray(fc.constantFrom("refund_customer", "delete_ledger")),
    actors: fc.uniqueArray(text, { maxLength: 3 }),
    recipient: fc.option(text),
    within: fc.option(fc.constantFrom(...PERIODS)),
    from: fc.option(day),
    until: fc.option(day),
    amountMin: fc.option(decimal),
    amountMax: fc.option(decimal),
    currency: fc.option(fc.constantFrom("EUR", "USD")),
    text: fc.option(text),
    sort: fc.constantFrom(...RUN_SORTS),
    direction: fc.constantFrom(...SORT_DIRECTIONS),
    after: fc.option(fc.tuple(decimal, uuid)),
    before: fc.option(fc.tuple(decimal, uuid)),
    at: fc.nat(10_000),
    size: fc.constantFrom(...PAGE_SIZES),
  })
  .map(({ after, before, ...rest }) => {
    const cursor = (place: [string, string] | null) => place && (rest.sort === "amount" ? place.join("~") : place[1]);
    const days = rest.within === null ? {} : { from: null, until: null };
    const isFirst = after === null && before === null;
    return { ...rest, ...days, at: isFirst ? 0 : rest.at, after: cursor(after), before: after === null ? cursor(before) : null };
  });

describe("the address of the page of runs", () => {
  test("says a search so that it is read back the same", () => {
    fc.assert(
      fc.property(search, (wanted) => {
        expect(parseRunSearch(paramsOf(wanted))).toEqual(wanted);
      }),
    );
  });

  test("may hold anything: what is not understood is left out", () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("\0", "' OR 1=1", "9".repeat(400), "1e9", "-1", "2026-02-30", "none~x"),
    );
    const params = fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(value, fc.array(value, { maxLength: 4 })), { maxKeys: 6 });
    fc.assert(
      fc.property(params, (garbage) => {
        const read = parseRunSearch(garbage);
        expect(parseRunSearch(paramsOf(read))).toEqual(read);
        expect(JSON.stringify(read)).not.toContain("\\u0000");
      }),
      { numRuns: 100 },
    );
  });

  test("is empty for the default search, which filters nothing", () => {
    expect(runSearchParams(DEFAULTS).toString()).toBe("");
    expect(DEFAULTS).toMatchObject({ sort: "created", direction: "desc", size: 50 });
    expect(isFiltered(DEFAULTS)).toBe(false);
    expect(isFiltered({ ...DEFAULTS, text: "x" })).toBe(true);
    expect(isFiltered({ ...DEFAULTS, actors: ["x"] })).toBe(true);
  });

  test("keeps the valid values of a list and drops the rest", () => {
    expect(parseRunSearch({ status: "allowed,allowed,nonsense", action: ["a b", "ok_name"] })).toMatchObject({
      governance: ["allowed"],
      actions: ["ok_name"],
    });
  });

  test("does not take a cursor of another order", () => {
    const id = "01a1f3ff-d484-7948-ba8d-e1f33f0601ae";
    expect(parseRunSearch({ sort: "amount", after: id }).after).toBeNull();
    expect(parseRunSearch({ after: `10~${id}` }).after).toBeNull();
    expect(parseRunSearch({ sort: "amount", after: `none~${id}` }).after).toBe(`none~${id}`);
    expect(readCursor(`10.5~${id}`)).toEqual({ value: "10.5", id });
    expect(readCursor(`1.2.3~${id}`)).toBeNull();
  });
});
