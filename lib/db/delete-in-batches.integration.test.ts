import { expect, test } from "vitest";
import { getDb } from "./client";
import { deleteInBatches } from "./delete-in-batches";
import { Prisma } from "./generated/client";

test("deletes what the condition says and nothing else, so many a statement", async () => {
  await getDb().$executeRaw`
    INSERT INTO usage_counters (scope, subject, period_start, count)
    SELECT 'intercepts_per_minute', g::text, now() - g * interval '1 day', 1 FROM generate_series(1, 25) g`;
  await getDb().$executeRaw`CREATE TABLE deleted (rows int)`;
  await getDb().$executeRaw`
    CREATE FUNCTION note_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO deleted SELECT count(*) FROM gone; RETURN NULL; END $$`;
  await getDb().$executeRaw`
    CREATE TRIGGER usage_counters_deleted AFTER DELETE ON usage_counters REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION note_deleted()`;
  const condition = Prisma.sql`scope = 'intercepts_per_minute' AND period_start < now() - interval '4 days' - interval '1 hour' * ${12}::int`;
  expect(await deleteInBatches(getDb(), "usage_counters", condition, 10)).toBe(21);
  const left = await getDb().$queryRaw<{ subject: string }[]>`SELECT subject FROM usage_counters ORDER BY subject`;
  expect(left.map(({ subject }) => subject)).toEqual(["1", "2", "3", "4"]);
  expect(await getDb().$queryRaw`SELECT rows FROM deleted`).toEqual([{ rows: 10 }, { rows: 10 }, { rows: 1 }]);
});
