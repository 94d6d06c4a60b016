import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { EXECUTION_FILTERS, RUN_SORTS, SORT_DIRECTIONS } from "@/lib/domain/runs/run-search";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { ACTIONS, expectedIds, type ModelRun, RUNS, START, writeRuns } from "@/lib/testing/run-list-model";
import { countNewerRuns, countRuns } from "./count-runs";
import { type ListedRun, listRuns } from "./list-runs";
import { readAllRuns } from "./read-all-runs";
import type { RunOrder } from "./run-candidates";
import type { RunFilter } from "./run-filter";

let workspace: TestWorkspace;
let model: ModelRun[];

beforeAll(async () => {
  workspace = await makeWorkspace();
  model = await writeRuns(workspace, 1);
  await writeRuns(await makeWorkspace(), 2);
});

describe("a list of runs", () => {
  const filter = fc.record({
    governance: fc.subarray(["allowed", "pending_approval", "approved", "rejected", "blocked"] as const),
    execution: fc.subarray([...EXECUTION_FILTERS]),
    actions: fc.subarray([...ACTIONS]),
    actors: fc.subarray(["finance_agent", "support_agent", "nobody"]),
    createdFrom: fc.option(fc.integer({ min: -10, max: RUNS }).map((minute) => new Date(START + minute * MINUTE_MS))),
    createdBefore: fc.option(fc.integer({ min: 0, max: RUNS + 10 }).map((minute) => new Date(START + minute * MINUTE_MS))),
    amountMin: fc.option(fc.constantFrom("0", "10", "10.5", "50")),
    amountMax: fc.option(fc.constantFrom("10", "100", "100000000000000000000.25")),
    currency: fc.option(fc.constantFrom("EUR", "USD")),
    text: fc.option(
      fc.constantFrom(
        "CAFÉ",
        "inv-100%",
        "words two",
        "back\\slash",
        "pay_invoice",
        "nowhere",
        "100_",
        `${START.toString(16).slice(0, 8)}`,
      ),
    ),
  });
  /** One or two conditions: with all of them nearly nothing is left. */
  const someFilter = fc
    .tuple(
      filter,
      fc.uniqueArray(
        fc.constantFrom(
          "governance",
          "execution",
          "actions",
          "actors",
          "createdFrom",
          "createdBefore",
          "amountMin",
          "amountMax",
          "currency",
          "text",
        ),
        { maxLength: 3 },
      ),
    )
    .map(([all, names]) => Object.fromEntries(Object.entries(all).filter(([name]) => (names as string[]).includes(name))) as RunFilter);
  const order: fc.Arbitrary<RunOrder> = fc.record({ sort: fc.constantFrom(...RUN_SORTS), direction: fc.constantFrom(...SORT_DIRECTIONS) });

  test("holds exactly what matches, page by page, forward and back", async () => {
    await fc.assert(
      fc.asyncProperty(
        someFilter,
        order,
        fc.integer({ min: 25, max: 150 }),
        fc.constantFrom(undefined, undefined, 90),
        async (given, by, limit, window) => {
          const expected = expectedIds(model, given, by);
          const { ids, pages } = await readForward(given, by, { limit, window });
          expect(ids).toEqual(expected);
          const last = pages.findLast((page) => page.previous !== null);
          if (last && window === undefined)
            expect(await readBack(given, by, limit, last.previous)).toEqual(expected.slice(0, expected.indexOf(last.runs[0]?.id ?? "")));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is the same as what is exported, and as what is counted", async () => {
    await fc.assert(
      fc.asyncProperty(someFilter, order, async (given, by) => {
        const exported: string[] = [];
        for await (const batch of readAllRuns(workspace.ctx, given, by)) exported.push(...batch.map(({ id }) => id));
        expect(exported).toEqual(expectedIds(model, given, by));
        expect(await countRuns(workspace.ctx, given, by)).toBe(exported.length);
      }),
      { numRuns: 40 },
    );
  });

  test("finds runs by the beginning of their ids, and these alone", async () => {
    const wanted = model[200];
    for (const text of [wanted?.id ?? "", (wanted?.id ?? "").toUpperCase()]) {
      const { runs } = await listRuns(workspace.ctx, { text }, { sort: "created", direction: "desc", limit: 10, window: 20 });
      expect(runs.map(({ id }) => id)).toEqual([wanted?.id]);
    }
  });

  test("says when it has not looked at everything, and where to look on", async () => {
    const oldest = model.filter((run) => run.at < START + 30 * MINUTE_MS && run.text.includes("café"));
    const first = await listRuns(
      workspace.ctx,
      { text: "café", createdBefore: new Date(START + 30 * MINUTE_MS) },
      { sort: "created", direction: "desc", limit: 50, window: 10 },
    );
    expect(first.searchedRuns).toBe(10);
    expect(first.next).not.toBeNull();
    expect(first.runs.length).toBeLessThanOrEqual(oldest.length);
    const whole = await listRuns(workspace.ctx, { text: "café" }, { sort: "created", direction: "desc", limit: 1000 });
    expect(whole.searchedRuns).toBeNull();
  });

  test("shows the first page in full when one goes back to it", async () => {
    const by: RunOrder = { sort: "created", direction: "desc" };
    const first = await listRuns(workspace.ctx, {}, { ...by, limit: 50 });
    const second = await listRuns(workspace.ctx, {}, { ...by, limit: 50, after: first.next });
    expect(second.previous).not.toBeNull();
    const back = await listRuns(workspace.ctx, {}, { ...by, limit: 50, before: first.runs[20]?.id });
    expect(back).toEqual(first);
  });

  test("shows nothing of another workspace, whatever is asked for", async () => {
    const other = await makeWorkspace();
    for (const given of [{}, { text: model[0]?.id }, { ids: model.map(({ id }) => id) }, { text: "café" }]) {
      expect(await listRuns(other.ctx, given, { sort: "created", direction: "desc", limit: 100 })).toMatchObject({
        runs: [],
        next: null,
        previous: null,
      });
    }
    expect(await countNewerRuns(other.ctx, {}, model[0]?.id ?? "")).toBe(0);
  });

  test("knows how many runs came after one, up to a hundred", async () => {
    expect(await countNewerRuns(workspace.ctx, {}, model.at(-4)?.id ?? "")).toBe(3);
    expect(await countNewerRuns(workspace.ctx, { actors: ["nobody"] }, model.at(-4)?.id ?? "")).toBe(0);
    expect(await countNewerRuns(workspace.ctx, {}, model[0]?.id ?? "")).toBe(100);
  });
});

async function readForward(given: RunFilter, by: RunOrder, { limit, window }: { limit: number; window: number | undefined }) {
  const pages: { runs: readonly ListedRun[]; previous: string | null }[] = [];
  let after: string | null = null;
  do {
    const page = await listRuns(workspace.ctx, given, { ...by, limit, after, ...(window !== undefined && { window }) });
    pages.push(page);
    after = page.next;
  } while (after !== null);
  return { ids: pages.flatMap(({ runs }) => runs.map(({ id }) => id)), pages };
}

/** Everything before a place, read page by page towards the beginning; the first page, shown in full, cut to what is new. */
async function readBack(given: RunFilter, by: RunOrder, limit: number, from: string | null): Promise<string[]> {
  let ids: string[] = [];
  let before = from;
  const stop = from?.split("~").at(-1) ?? "";
  while (before !== null) {
    const page = await listRuns(workspace.ctx, given, { ...by, limit, before });
    const fresh = page.runs.map(({ id }) => id);
    const overlap = fresh.findIndex((id) => id === (ids[0] ?? stop));
    ids = [...(overlap === -1 ? fresh : fresh.slice(0, overlap)), ...ids];
    before = page.previous;
  }
  return ids;
}
