import { createBudget } from "@/lib/budgets/create-budget";
import { deleteBudget } from "@/lib/budgets/delete-budget";
import { newBudgetSchema, type TypedBudget } from "@/lib/budgets/schema";
import { getDb } from "@/lib/db/client";
import { expectOk, type TestWorkspace } from "./factories";

/** A budget of 2,000 EUR a week for every action, unless told otherwise. */
export async function makeBudget(workspace: TestWorkspace, different: Partial<TypedBudget> = {}): Promise<string> {
  const typed: TypedBudget = { ...typedBudget(), ...different };
  return expectOk(await createBudget(workspace.ctx, newBudgetSchema.parse(typed))).id;
}

export function typedBudget(): TypedBudget {
  return {
    name: "Refunds",
    countsAllActions: true,
    actions: [],
    measure: "sum",
    currency: "EUR",
    limit: "2000",
    per: "nothing",
    perField: "",
    period: "month",
    timeZone: "Europe/Berlin",
    whenExceeded: "ask",
  };
}

/** What its totals say is used, and what the rows of its ledger add up to. */
export async function budgetSums(budgetId: string): Promise<{ used: string; entries: string }> {
  const [row] = await getDb().$queryRaw<{ used: string; entries: string }[]>`
    SELECT trim_scale(coalesce((SELECT sum(level.used) FROM (SELECT DISTINCT period_start FROM budget_totals WHERE budget_id = b.id) period
        CROSS JOIN LATERAL daai_budget_levels(b.id, period.period_start) level), 0))::text AS used,
      trim_scale(coalesce((SELECT sum(e.amount) FROM budget_entries e WHERE e.budget_id = b.id AND e.state IN ('reserved', 'kept')), 0))::text AS entries
    FROM budgets b WHERE b.id = ${budgetId}::uuid`;
  if (!row) throw new Error("No such budget.");
  return row;
}

/** A budget that only the runs of `run` count toward: it's deleted at the end. */
export async function withBudget(workspace: TestWorkspace, different: Partial<TypedBudget>, run: (id: string) => Promise<void>) {
  const id = await makeBudget(workspace, different);
  try {
    await run(id);
  } finally {
    expectOk(await deleteBudget(workspace.ctx, id));
  }
}
