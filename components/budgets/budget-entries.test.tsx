import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { BudgetEntryRow } from "@/lib/budgets/get-budget-page";
import type { ListedBudget } from "@/lib/budgets/list-budgets";
import { BudgetEntries } from "./budget-entries";

const BUDGET: ListedBudget = {
  id: "b",
  name: "Refunds",
  measure: "sum",
  currency: "EUR",
  limit: "2000",
  per: "field",
  perField: "customer.id",
  period: "week",
  timeZone: "Europe/Berlin",
  whenExceeded: "ask",
  countsAllActions: true,
  actions: [],
  createdBy: "ann@example.com",
  createdAt: new Date("2026-11-01T00:00:00Z"),
  deletedAt: null,
  periodStart: new Date("2026-11-22T23:00:00Z"),
  periodEnd: new Date("2026-11-29T23:00:00Z"),
  fullest: null,
  valueCount: 0,
};
const ENTRY: BudgetEntryRow = {
  runId: "r",
  actionName: "refund",
  actionTitle: "Refund",
  sentence: "refund 900.00 EUR",
  status: "pending_approval",
  reason: "budget_exceeded_requires_approval",
  createdAt: new Date("2026-11-23T12:00:00Z"),
  perValue: "Bo",
  usedBefore: "1240",
  amount: "900",
  unreadable: null,
  isExceeded: true,
  state: "reserved",
};

/** The heads and the cells of the table, as text. */
function shown(entry: Partial<BudgetEntryRow>, budget: Partial<ListedBudget> = {}) {
  const html = renderToStaticMarkup(<BudgetEntries workspaceId="w" budget={{ ...BUDGET, ...budget }} entries={[{ ...ENTRY, ...entry }]} />);
  const texts = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, "g"))].map(([cell]) => cell.replace(/<[^>]*>/g, ""));
  return { heads: texts("th"), cells: texts("td") };
}

it("names the column as the payload field is written, or as a noun", () => {
  expect(shown({}).heads).toContain("customer.id");
  expect(shown({}, { per: "recipient", perField: null }).heads).toContain("Recipient");
});

it("marks a run over the limit, but not one that can't be counted", () => {
  expect(shown({}).cells.join("|")).toContain("over");
  expect(shown({ amount: null, unreadable: "amount" }).cells.join("|")).not.toContain("over");
});

it("tells a value that was erased from one that the run didn't have", () => {
  const erased = shown({ perValue: null, amount: null }).cells;
  expect(erased.filter((cell) => cell === "erased")).toHaveLength(2);
  expect(erased).not.toContain("none");
  const missing = shown({ perValue: null, amount: null, unreadable: "per_value" }).cells;
  expect(missing).toContain("none");
  expect(missing).not.toContain("erased");
});
