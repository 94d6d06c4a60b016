import { expect, test } from "vitest";
import { toolActionsIn } from "./tool-actions";

const pay = { tool: "pay", is: "new", says_read_only: false, action: "bank_pay", sha256: "a" };
const look = { tool: "look", is: "changed", action: "bank_look", sha256: "b" };

test("the actions of tools are those that the gateway named, each once", () => {
  const more = [
    { ...look, tool: "peek", says_read_only: true },
    { ...look, says_read_only: true },
    { ...pay, tool: "send" },
  ];
  expect(toolActionsIn({ server: "bank", tools: [pay, ...more] })).toEqual([
    { name: "bank_pay", tools: ["pay", "send"], saysReadOnly: false },
    { name: "bank_look", tools: ["peek", "look"], saysReadOnly: true },
  ]);
  expect(toolActionsIn({ server: "bank", tools: [look, { ...look, tool: "peek", says_read_only: true }] })).toMatchObject([
    { saysReadOnly: false },
  ]);
});

test.each([
  ["nothing", null],
  ["another payload", { amount: 5 }],
  ["tools without the names of actions, as older gateways send them", { server: "bank", tools: [{ tool: "pay", is: "new" }] }],
  ["a name that no action can have", { server: "bank", tools: [{ ...pay, action: "<b>" }] }],
  ["something else in place of tools", { server: "bank", tools: ["pay"] }],
])("there are none in %s", (_what, payload) => {
  expect(toolActionsIn(payload)).toEqual([]);
});
