import { beforeAll, expect, test } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
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

test.each([
  ["owner@example.com", "owner@example.com"],
  [null, "the operator"],
])("is created by the operator who acts for %s", async (email, createdBy) => {
  const ctx = operatorContext(workspace.workspaceId, email);
  const created = await createBudget(ctx, newBudgetSchema.parse({ ...typedBudget(), name: `For ${email}` }));
  if (!created.ok) throw new Error(created.code);
  expect(await getDb().budget.findUniqueOrThrow({ where: { id: created.id } })).toMatchObject({ createdBy });
});
