import { expect, test, vi } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { listen } from "@/lib/db/listener";
import { markBack, markLost } from "@/lib/db/lost-sessions";
import { migrate } from "@/lib/db/migrate";
import { getEnv, resetEnvCache } from "@/lib/env";
import { startKillablePostgres } from "@/lib/testing/killable-postgres";
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
        detail: "The database was migrated by a newer release (29991231000000_newer). Stop this process and start that release.",
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

test("a process is not ready while its worker or its listener does not come back", async () => {
  expect(await getReadiness({ lostMs: 0 })).toMatchObject({ checks: { connections: { ok: true } } });
  markLost("the worker");
  expect(await getReadiness()).toMatchObject({ checks: { connections: { ok: true } } });
  expect(await getReadiness({ lostMs: 0 })).toMatchObject({
    ready: false,
    checks: { connections: { ok: false, detail: expect.stringContaining("without the worker for over") } },
  });
  markBack("the worker");

  const { DATABASE_DIRECT_URL } = process.env;
  process.env.DATABASE_DIRECT_URL = "postgresql://daai@127.0.0.1:1/daai";
  resetEnvCache();
  const stop = listen("readiness_test", () => undefined);
  expect(await getReadiness({ lostMs: 0 })).toMatchObject({
    ready: false,
    checks: { connections: { detail: expect.stringContaining("without the listener for readiness_test for over") } },
  });
  Object.assign(process.env, { DATABASE_DIRECT_URL });
  resetEnvCache();
  await vi.waitFor(async () => expect(await getReadiness({ lostMs: 0 })).toMatchObject({ checks: { connections: { ok: true } } }), {
    timeout: 20_000,
  });
  await stop();
});

test("a database whose commits wait for a standby that is away is not ready, though it can be read", async () => {
  const postgres = await startKillablePostgres(undefined, ["-c", "synchronous_standby_names=away"]);
  const url = new URL(postgres.url);
  url.searchParams.set("options", "-c synchronous_commit=local");
  await migrate({ databaseUrl: url.href });
  const { DATABASE_URL } = getEnv();
  const lead = async (databaseUrl: string) => {
    Object.assign(process.env, { DATABASE_URL: databaseUrl });
    resetEnvCache();
    await disconnectDb();
  };
  await lead(postgres.url);
  const commitMs = 50;
  expect(await getReadiness({ commitMs })).toMatchObject({
    ready: false,
    checks: { database: { ok: false, detail: expect.stringContaining("a commit has been waiting") } },
  });
  await lead(DATABASE_URL);
  await postgres.close();
});
