import { expect, test } from "vitest";
import type { AnyContext } from "@/lib/security/context";
import type { DecisionSnapshot } from "./decision-snapshot";
import { forgetSnapshot, getSnapshot } from "./snapshot-cache";

const CREDENTIALS = { apiKeyHash: "a", workspaceKeyHash: "w" };

/** A database that answers when it's told to. */
const answers: ((rows: object[]) => void)[] = [];
const ctx = { db: { $queryRaw: () => new Promise((resolve) => answers.push(resolve)) } } as unknown as AnyContext;
const answer = (load: number, configVersion: number) =>
  answers[load]?.([{ refusal: null, config_version: configVersion, now: new Date(), action_id: null, plan: null, limit_overrides: {} }]);

test("of two loads at the same time, what the later one saw is kept, and only the stale one is forgotten", async () => {
  const get = async () => (await getSnapshot(ctx, CREDENTIALS, "pay")) as DecisionSnapshot;
  const [first, second] = [get(), get()];
  answer(1, 2);
  expect(await second).toMatchObject({ configVersion: 2 });
  answer(0, 1);
  expect(await first).toMatchObject({ configVersion: 1 });
  expect(await get()).toBe(await second);

  forgetSnapshot(CREDENTIALS, "pay", await first);
  expect(await get()).toBe(await second);
  forgetSnapshot(CREDENTIALS, "pay", await second);
  const third = get();
  answer(2, 3);
  expect(await third).toMatchObject({ configVersion: 3 });
});
