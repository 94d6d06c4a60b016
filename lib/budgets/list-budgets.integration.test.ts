import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { makeBudget } from "@/lib/testing/budgets";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { getBudgetPage } from "./get-budget-page";
import { hasBudget, listBudgets } from "./list-budgets";

const VALUES = 1000;
/** A lookup for each value would read several thousand. */
const MOST_BLOCKS = 500;

/** How many blocks the query of `read` reads. */
async function blocksOf(ctx: WorkspaceContext, read: (ctx: WorkspaceContext) => Promise<unknown>): Promise<number> {
  const explained = withDb(ctx, {
    $queryRaw: (texts: TemplateStringsArray, ...values: unknown[]) =>
      getDb().$queryRaw(Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${Prisma.sql(texts, ...values)}`),
  } as unknown as typeof ctx.db);
  const [row] = (await read(explained)) as { "QUERY PLAN": [{ Plan: Record<`Shared ${"Hit" | "Read"} Blocks`, number> }] }[];
  const plan = row?.["QUERY PLAN"][0].Plan ?? expect.fail("There is no plan.");
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}

test("the levels of a budget with many values are read at once, the fullest by name", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  const id = await makeBudget(workspace, { per: "recipient" });
  for (const [to, amount] of [
    ["ann@example.com", "100"],
    ["bo@example.com", "50"],
  ])
    await proposeOk(workspace, { action: "refund", payload: { to: to ?? "", amount: amount ?? "", currency: "EUR" } });
  await getDb().$executeRaw`
    INSERT INTO budget_totals (workspace_id, budget_id, per_key, period_start, used)
    SELECT workspace_id, id, int8send(n), span.starts, 1
    FROM budgets b CROSS JOIN LATERAL daai_budget_period(b.period, b.time_zone, now()) span CROSS JOIN generate_series(1, ${VALUES}) n
    WHERE id = ${id}::uuid`;
  const page = await getBudgetPage(workspace.ctx, id, {});
  expect(page?.budget).toMatchObject({ fullest: { value: "ann@example.com", used: "100", share: 0.05 }, valueCount: VALUES + 2 });
  expect(page?.levels.map(({ value, used }) => [value, used]).slice(0, 3)).toEqual([
    ["ann@example.com", "100"],
    ["bo@example.com", "50"],
    [null, "1"],
  ]);
  expect(page?.levels).toHaveLength(20);
  expect(await blocksOf(workspace.ctx, (ctx) => listBudgets(ctx, { id }))).toBeLessThan(MOST_BLOCKS);
});

test("a budget is its workspace's only", async () => {
  const workspace = await makeWorkspace();
  const id = await makeBudget(workspace);
  expect(await hasBudget(workspace.ctx, id)).toBe(true);
  expect(await hasBudget((await makeWorkspace()).ctx, id)).toBe(false);
});
