import { expect, test } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { databaseNow, inTransaction } from "@/lib/db/transaction";
import { withDb } from "@/lib/security/context";
import { systemContext, visitorContext } from "./contexts";

test("a context that was given no handle goes on when the process's own was given up", async () => {
  const contexts = [visitorContext(), systemContext(null)];
  const given = getDb();
  expect(contexts.map(({ db }) => db === given)).toEqual([true, true]);
  await disconnectDb();
  for (const { db } of contexts) expect(await databaseNow(db)).toBeInstanceOf(Date);
  expect(contexts.map(({ db }) => db === getDb())).toEqual([true, true]);
  expect(getDb()).not.toBe(given);
});

test("a context in a transaction stays in it", async () => {
  await inTransaction(getDb(), async (tx) => {
    const inner = withDb(visitorContext(), tx);
    expect(inner).toMatchObject({ actor: { type: "visitor" }, workspaceId: null });
    expect(inner.db).toBe(tx);
    expect(systemContext(null, inner.db).db).toBe(tx);
    await databaseNow(inner.db);
  });
});
