import { expect, test } from "vitest";
import { SETUP_STEPS, type SetupFacts, setupSteps } from "./setup-steps";

const at = new Date("2026-11-25T12:00:00Z");
const nothing: SetupFacts = {
  workspaceMadeAt: at,
  keysMadeAt: null,
  actionRegisteredAt: null,
  keysSeenAt: null,
  firstRunAt: null,
  firstDecisionAt: null,
  firstReceiptAt: null,
};
const states = (facts: Partial<SetupFacts>) =>
  setupSteps({ ...nothing, ...facts })
    .map(({ state }) => state)
    .join(" ");

test("there are seven steps, in the order of the flow", () => {
  expect(setupSteps(nothing).map(({ name }) => name)).toEqual([...SETUP_STEPS]);
  expect(SETUP_STEPS).toHaveLength(7);
});

test.each<[Partial<SetupFacts>, string]>([
  [{}, "done now later later later later later"],
  [{ keysMadeAt: at }, "done done now later later later later"],
  [{ keysMadeAt: at, actionRegisteredAt: at, keysSeenAt: at }, "done done done done now later later"],
  // A program was there before the action: the action is still what is missing.
  [{ keysMadeAt: at, keysSeenAt: at, firstRunAt: at }, "done done now done done later later"],
  [
    { keysMadeAt: at, actionRegisteredAt: at, keysSeenAt: at, firstRunAt: at, firstDecisionAt: at, firstReceiptAt: at },
    "done done done done done done done",
  ],
])("%o is %s", (facts, expected) => {
  expect(states(facts)).toBe(expected);
});

test("a step says when it was done", () => {
  expect(setupSteps(nothing)[0]).toEqual({ name: "workspace", state: "done", at });
  expect(setupSteps(nothing)[6]).toEqual({ name: "receipt", state: "later", at: null });
});
