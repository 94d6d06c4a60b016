import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeBudget } from "@/lib/testing/budgets";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { admin, json, refused } from "../try-admin";

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

test("a budget is created, changed and deleted, each in the operator's name", async () => {
  const { workspaceId, ...workspace } = await makeWorkspace();
  await makeAction({ workspaceId, ...workspace }, { name: "refund", policy: { type: "always_allow" } });
  const of = ["--workspace", workspaceId];
  const terms = ["--period", "week", "--time-zone", "Europe/Berlin"];
  const refunds = ["budget", "create", ...of, "--name", "Refunds", ...terms];
  const created = await json(...refunds, "--limit", "2000", "--currency", "EUR", "--per", "field", "--per-field", "customer.id");
  const weekly = { measure: "sum", currency: "EUR", period: "week", time_zone: "Europe/Berlin", per: "field", per_field: "customer.id" };
  expect(created).toMatchObject({ ...weekly, name: "Refunds", limit: "2000", when_exceeded: "ask", actions: null, used: "0" });

  const id = String(created.budget_id);
  const edited = await json("budget", "edit", id, ...of, "--limit", "2500", "--action", "refund", "--exceeded", "block");
  expect(edited).toMatchObject({ ...weekly, name: "Refunds", limit: "2500", when_exceeded: "block", actions: ["refund"] });
  expect(await json("budget", "edit", id, ...of, "--name", "Payouts")).toMatchObject({
    name: "Payouts",
    limit: "2500",
    actions: ["refund"],
  });
  expect(await json("budget", "edit", id, ...of, "--all-actions")).toMatchObject({
    name: "Payouts",
    actions: null,
    when_exceeded: "block",
  });
  const both = ["--all-actions", "--action", "refund"];
  expect(await refused("budget", "edit", id, ...of, ...both)).toContain("Give either --action or --all-actions.");
  const runs = await json(...refunds, "--limit", "20");
  expect(runs).toMatchObject({ measure: "count", currency: null, limit: "20", per: "nothing" });

  expect(await refused(...refunds, "--limit", "20")).toMatch(/name/i);
  for (const per of [[], ["--per", "actor"]])
    expect(await refused(...refunds, "--limit", "20", ...per, "--per-field", "customer.id")).toContain("--per-field needs --per field.");
  expect(await refused("budget", "create", ...of, "--name", "Half", ...terms, "--limit", "1.5")).toContain(
    "must be a whole number of runs",
  );
  expect(await refused("budget", "edit", id, ...of, "--action", "nowhere")).toMatch(/nowhere/);
  expect(await json("budget", "delete", id, ...of)).toEqual({ budget_id: id, deleted: true });
  for (const command of ["edit", "delete"]) expect(await refused("budget", command, id, ...of)).toMatch(/no such budget|budget not found/i);
  expect((await json("budget", "list", ...of)).budgets).toMatchObject([{ budget_id: runs.budget_id }]);

  const events = await getDb().auditEvent.findMany({ where: { workspaceId, verb: { startsWith: "budget." } }, orderBy: { id: "asc" } });
  expect(events.map(({ verb, actorType }) => [verb, actorType])).toEqual(
    ["created", "edited", "edited", "edited", "created", "deleted"].map((done) => [`budget.${done}`, "operator"]),
  );
});

test.each([
  ["create", ["nothing", "ask", "all", "count"]],
  // What isn't given stays.
  ["edit", []],
])("budget %s --help states the defaults that it has", async (command, defaults) => {
  const { out } = await admin("budget", command, "--help");
  const stated = [...out.replace(/\s+/g, " ").matchAll(/default: "?(\w+)/g)];
  expect(stated.map(([, value]) => value).sort()).toEqual([...defaults].sort());
});
