import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "@/lib/testing/database";
import { startTransactionPooler, type TransactionPooler } from "@/lib/testing/transaction-pooler";
import { migrate } from "./migrate";
import { receivesNotifications } from "./receives-notifications";

let pooler: TransactionPooler;
let direct: string;
let pooled: string;

beforeAll(async () => {
  direct = (await createTestDatabase({ isEmpty: true })).url;
  pooler = await startTransactionPooler(Number(new URL(direct).port));
  pooled = Object.assign(new URL(direct), { hostname: "127.0.0.1", port: String(pooler.port) }).href;
});
afterAll(() => pooler.close());

it("a migration through a pooler leaves no lock behind on the sessions that stay", async () => {
  expect(await migrate({ databaseUrl: pooled })).toBeGreaterThan(0);
  let waits = 0;
  const onWait = () => void waits++;
  expect(await migrate({ databaseUrl: pooled, onWait })).toBe(0);
  expect(await migrate({ databaseUrl: direct, onWait })).toBe(0);
  expect(waits).toBe(0);
});

it("a pooler in transaction mode is told from PostgreSQL itself", async () => {
  expect(await receivesNotifications(direct)).toBe(true);
  expect(await receivesNotifications(pooled)).toBe(false);
});
