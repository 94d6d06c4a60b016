import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { countedBudgets } from "@/lib/action-runs/propose/counted-budgets";
import { getDb } from "@/lib/db/client";
import { BUDGET_PERIODS, type BudgetPeriod } from "@/lib/domain/budgets/budget";
import { makeBudget } from "@/lib/testing/budgets";
import { makeWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";

interface Span {
  at: Date;
  starts: Date;
  ends: Date;
}

function spans(period: BudgetPeriod, zone: string, times: readonly Date[]): Promise<Span[]> {
  return getDb().$queryRaw<Span[]>`
    SELECT at, span.starts, span.ends FROM unnest(${times.map((at) => at.toISOString())}::timestamptz[]) at
    CROSS JOIN LATERAL daai_budget_period(${period}, ${zone}, at) span`;
}

/** The same file that the test kits of the SDKs read. */
const VECTORS = JSON.parse(readFileSync("sdk/conformance/budget-periods.json", "utf8")) as {
  period: BudgetPeriod;
  time_zone: string;
  at: string;
  start: string;
  end: string;
}[];

test.each(VECTORS)("the $period in $time_zone that $at is in", async ({ period, time_zone: zone, at, start, end }) => {
  expect(await spans(period, zone, [new Date(at)])).toEqual([{ at: new Date(at), starts: new Date(start), ends: new Date(end) }]);
});

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Havana",
  "Asia/Beirut",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
];
// Of years whose changes of the clock every list of zones agrees about.
const FIRST = Date.UTC(2015, 0, 1);
const LAST = Date.UTC(2022, 0, 1);

describe.each(ZONES)("any time in %s", (zone) => {
  test.each(BUDGET_PERIODS.filter((period) => period !== "hour"))("is in one %s of the local calendar", async (period) => {
    const keyOf = localKeys(zone, period);
    const times = Array.from(
      { length: proofSize(200, 5_000) },
      (_, n) => new Date(FIRST + Math.floor(((n * 0.618_033_988_7) % 1) * (LAST - FIRST))),
    );
    for (const { at, starts, ends } of await spans(period, zone, [...times, ...changesOf(zone)])) {
      expect(starts <= at && at < ends).toBe(true);
      const key = keyOf(at);
      expect([keyOf(starts), keyOf(before(ends))]).toEqual([key, key]);
      expect([keyOf(before(starts)), keyOf(ends)]).not.toContain(key);
    }
  });
});

const TERMS = {
  name: "A day's",
  limit: "100",
  whenExceeded: "ask",
  measure: "count",
  currency: null,
  per: "nothing",
  perField: null,
  period: "day",
  timeZone: "UTC",
} as const;

test("a proposal counts in the period it is made in, whichever it was prepared in", async () => {
  const workspace = await makeWorkspace();
  const [budgetId, runId] = [await makeBudget(workspace, { measure: "count", currency: "", period: "day", timeZone: "UTC" }), randomUUID()];
  const prepared: readonly (readonly [string | null, string | null])[] = [
    ["2026-05-04T00:00:00.000Z", "2026-05-05T00:00:00.000Z"],
    ["2026-05-03T00:00:00.000Z", "2026-05-04T00:00:00.000Z"],
    ["2026-05-05T00:00:00.000Z", "2026-05-06T00:00:00.000Z"],
    [null, null],
  ];
  for (const at of ["2026-05-04T00:00:00.000Z", "2026-05-04T23:59:59.999Z"]) {
    for (const [period_start, period_end] of prepared) {
      const counted = countedBudgets([{ ...TERMS, id: budgetId }], {
        payload: {},
        amount: null,
        currency: null,
        recipient: null,
        actor: null,
        source: null,
        key: "",
      }).map((one) => ({ ...one, period_start, period_end }));
      const [line] = await getDb().$queryRaw<{ starts: Date; ends: Date }[]>`
        SELECT ledger[1].period_start AS starts, ledger[1].period_end AS ends
        FROM daai_reserve_budgets(${workspace.workspaceId}::uuid, ${runId}::uuid, ${JSON.stringify(counted)}::jsonb, ${at}::timestamptz, NULL)`;
      expect(line).toEqual({ starts: new Date("2026-05-04T00:00:00Z"), ends: new Date("2026-05-05T00:00:00Z") });
    }
  }
});

const before = (at: Date) => new Date(at.getTime() - 1);

/** Names the local day, week or month of a time. */
function localKeys(timeZone: string, period: BudgetPeriod): (at: Date) => string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at) => {
    const day = format.format(at);
    if (period === "month") return day.slice(0, 7);
    if (period === "day") return day;
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.toISOString().slice(0, 10);
  };
}

/** Minutes around every change of the clock. */
function changesOf(timeZone: string): Date[] {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
  const offset = (at: number) => format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
  const found: Date[] = [];
  const hour = 3_600_000;
  for (let at = FIRST; at < LAST; at += 24 * hour) {
    if (offset(at) === offset(at + 24 * hour)) continue;
    for (let minutes = 0; minutes < 24 * 60; minutes += 29) found.push(new Date(at + minutes * 60_000));
  }
  return found;
}
