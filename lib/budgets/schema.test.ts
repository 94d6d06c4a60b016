import { expect, it } from "vitest";
import { typedBudget } from "@/lib/testing/budgets";
import { newBudgetSchema, type TypedBudget } from "./schema";

it.each<[Partial<TypedBudget>, string | null]>([
  [{}, null],
  [{ limit: " 2000.50 " }, null],
  [{ limit: "0" }, "limit"],
  [{ limit: "0.00" }, "limit"],
  [{ limit: "-1" }, "limit"],
  [{ limit: "1e3" }, "limit"],
  [{ limit: "2,000" }, "limit"],
  [{ limit: "1".repeat(65) }, "limit"],
  [{ currency: "" }, "currency"],
  [{ currency: "€" }, "currency"],
  [{ measure: "count", currency: "" }, null],
  [{ measure: "count", limit: "20.5" }, "limit"],
  [{ measure: "count", limit: "20.0" }, null],
  [{ per: "field" }, "perField"],
  [{ per: "field", perField: "customer.id" }, null],
  [{ per: "field", perField: "a..b" }, "perField"],
  [{ timeZone: "+02:00" }, "timeZone"],
  [{ timeZone: "Europe/Nowhere" }, "timeZone"],
  [{ countsAllActions: false }, "actions"],
  [{ countsAllActions: false, actions: ["pay"] }, null],
  [{ name: "a\u200bb" }, "name"],
  [{ name: " " }, "name"],
])("%j: %s", (different, path) => {
  const parsed = newBudgetSchema.safeParse({ ...typedBudget(), ...different });
  expect(parsed.success ? null : parsed.error.issues[0]?.path.join(".")).toBe(path);
});

it("keeps only what the measure and per need", () => {
  expect(newBudgetSchema.parse({ ...typedBudget(), measure: "count", perField: "left.over" })).toMatchObject({
    currency: null,
    perField: null,
  });
});
