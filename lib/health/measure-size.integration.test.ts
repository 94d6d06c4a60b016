import { expect, test } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { makeRun, makeWorkspace } from "@/lib/testing/factories";
import { admin } from "@/scripts/admin/try-admin";
import { measureSize, TABLES_OF_PARTS } from "./measure-size";

test("every table that grows with runs is counted once, and a run's size comes from them", async () => {
  const existing = await getDb().$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`;
  const named = Object.values(TABLES_OF_PARTS).flat();
  expect(new Set(named).size).toBe(named.length);
  expect(existing.map(({ name }) => name)).toEqual(expect.arrayContaining([...named]));

  const workspace = await makeWorkspace();
  for (let run = 0; run < 3; run++) await makeRun(workspace, run === 0 ? "always_require_approval" : "always_allow");
  const { parts, databaseBytes, runs, runsInThirtyDays, bytesPerRun } = await measureSize(operatorContext(null));
  expect(runs).toBe(await getDb().actionRun.count());
  expect(runsInThirtyDays).toBe(runs);
  const { other, ...growing } = parts;
  const grown = Object.values(growing).reduce((sum, bytes) => sum + bytes, 0);
  expect(bytesPerRun).toBe(grown / runs);
  expect(Math.min(...Object.values(parts))).toBeGreaterThan(0);
  expect(grown + other).toBe(databaseBytes);

  const { out } = await admin("size", "--runs-per-year", "1000000");
  expect(out).toContain("A year               1,000,000 runs, ");
  const document = JSON.parse((await admin("size", "--runs-per-year", "1000000", "--json")).out) as { bytes_per_year: number };
  expect(document.bytes_per_year).toBe(Math.round((grown / runs) * 1_000_000));
});
