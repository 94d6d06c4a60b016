import { expect, test, vi } from "vitest";
import type { AnyContext } from "@/lib/security/context";
import type { DecisionSnapshot } from "./decision-snapshot";
import { forgetSnapshot, getSnapshot } from "./snapshot-cache";

const CREDENTIALS = { apiKeyHash: "a", workspaceKeyHash: "w" };
const NO_CONTEXT = {} as AnyContext;
const loads: ((snapshot: DecisionSnapshot) => void)[] = [];

vi.mock("./decision-snapshot", () => ({ loadDecisionSnapshot: () => new Promise((resolve) => loads.push(resolve)) }));

test("of two loads at the same time, what the later one saw is kept, and only the stale one is forgotten", async () => {
  const [older, newer] = [{ configVersion: 1 } as DecisionSnapshot, { configVersion: 2 } as DecisionSnapshot];
  const get = () => getSnapshot(NO_CONTEXT, CREDENTIALS, "pay");
  const [first, second] = [get(), get()];
  loads[1]?.(newer);
  expect(await second).toBe(newer);
  loads[0]?.(older);
  expect(await first).toBe(older);
  expect(await get()).toBe(newer);

  forgetSnapshot(CREDENTIALS, "pay", older);
  expect(await get()).toBe(newer);
  forgetSnapshot(CREDENTIALS, "pay", newer);
  void get();
  expect(loads).toHaveLength(3);
});
