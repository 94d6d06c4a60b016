import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { getReadiness } from "./get-readiness";

test("a process whose database a newer release has migrated is not ready, and says so", async () => {
  expect(await getReadiness()).toMatchObject({ ready: true });
  await getDb().$executeRaw`
    INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('newer', '', '29991231000000_newer', now())`;
  expect(await getReadiness()).toMatchObject({
    ready: false,
    checks: {
      database: { ok: true },
      migrations: {
        ok: false,
        detail: "The database was migrated by a newer release (29991231000000_newer): stop this process and start it in that release.",
      },
    },
  });
});

test("a database that lacks a migration of this release is not ready, and says so", async () => {
  await getDb().$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name IN ('29991231000000_newer', '20261123000200_intercept')`;
  expect(await getReadiness()).toMatchObject({
    ready: false,
    checks: { migrations: { detail: "Not applied: 20261123000200_intercept. Restart the console to migrate." } },
  });
});
