import { beforeAll, expect, test } from "vitest";
import { isTimeZone } from "@/lib/domain/policy/rules/zoned-time";
import { typedBudget } from "@/lib/testing/budgets";
import { makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { createBudget } from "./create-budget";
import { newBudgetSchema } from "./schema";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

test.each<[string, RegExp | null]>([
  ["UTC", null],
  ["europe/berlin", null],
  ["Etc/UTC", null],
  // The database has zones of these names, but takes its abbreviations first: a fixed offset.
  ["CET", /abbreviation has no summer time/],
  ["eet", /abbreviation has no summer time/],
  ["MET", /abbreviation has no summer time/],
  ["WET", /abbreviation has no summer time/],
])("the time zone %s", async (timeZone, refusal) => {
  expect(isTimeZone(timeZone)).toBe(true);
  const created = await createBudget(workspace.ctx, newBudgetSchema.parse({ ...typedBudget(), name: `In ${timeZone}`, timeZone }));
  if (refusal === null) expect(created).toMatchObject({ ok: true });
  else expect(created).toMatchObject({ ok: false, fields: { errors: [{ path: "timeZone", message: expect.stringMatching(refusal) }] } });
});
