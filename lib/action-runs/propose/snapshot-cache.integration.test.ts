import { expect, test } from "vitest";
import type { AnyContext } from "@/lib/security/context";
import type { DecisionSnapshot } from "./decision-snapshot";
import { getSnapshot, loadsSoFar } from "./snapshot-cache";

const CREDENTIALS = { apiKeyHash: "a", workspaceKeyHash: "w" };

/** A database that answers when it's told to. */
const answers: ((rows: object[]) => void)[] = [];
const ctx = { db: { $queryRaw: () => new Promise((resolve) => answers.push(resolve)) } } as unknown as AnyContext;
const answer = (load: number, configVersion: number) =>
  answers[load]?.([{ refusal: null, config_version: configVersion, now: new Date(), action_id: null, plan: null, limit_overrides: {} }]);

const get = async (after?: number) => (await getSnapshot(ctx, CREDENTIALS, "pay", after)) as DecisionSnapshot;

test("of two loads at the same time, what the later one saw is kept", async () => {
  const [first, second] = [get(), get()];
  answer(1, 2);
  expect(await second).toMatchObject({ configVersion: 2 });
  answer(0, 1);
  expect(await first).toMatchObject({ configVersion: 1 });
  expect(await get()).toBe(await second);
});

test("who was told that a snapshot is stale gets none that was being loaded before", async () => {
  const kept = await get();
  const loading = get(loadsSoFar());
  const told = loadsSoFar();
  answer(2, 3);
  expect(await loading).toMatchObject({ configVersion: 3 });
  const fresh = get(told);
  answer(3, 4);
  expect(await fresh).toMatchObject({ configVersion: 4 });
  expect(await get()).toBe(await fresh);
  expect(await get()).not.toBe(kept);
});
