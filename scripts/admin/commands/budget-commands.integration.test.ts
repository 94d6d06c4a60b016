import { expect, test } from "vitest";
import { makeBudget } from "@/lib/testing/budgets";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { json, refused } from "../try-admin";

test("budgets are listed with how full they are", async () => {
  const workspace = await makeWorkspace();
  const { workspaceId } = workspace;
  expect(await json("budget", "list", "--workspace", workspaceId)).toEqual({ budgets: [] });
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeBudget(workspace, { countsAllActions: false, actions: ["pay"], per: "recipient" });
  for (const [to, amount] of [
    ["ann@example.com", "10"],
    ["bo@example.com", "12.50"],
  ]) {
    await proposeOk(workspace, { action: "pay", payload: { to: to ?? "", amount: amount ?? "", currency: "EUR" } });
  }
  expect(await json("budget", "list", "--workspace", workspaceId)).toMatchObject({
    budgets: [
      {
        name: "Refunds",
        limit: "2000",
        currency: "EUR",
        per: "recipient",
        actions: ["pay"],
        fullest: { value: "bo@example.com", used: "12.5" },
        when_exceeded: "ask",
      },
    ],
  });
  expect(await refused("budget", "list", "--workspace", "01980000-0000-7000-8000-000000000000")).toContain("No such workspace");
});
