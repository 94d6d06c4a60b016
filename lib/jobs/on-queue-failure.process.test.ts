import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";

let workspace: TestWorkspace;
let server: TestServer;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "ask", approverEmails: ["ann@example.com", "ben@example.com"] });
  server = await startTestServer({ databaseUrl: process.env.DATABASE_URL ?? "", env: { DAAI_WORKER: "only" } });
});
// Throws when the process has ended by itself.
afterAll(() => server.stop());

test.each([
  ["done", "DELETE"],
  ["failed", "UPDATE OF last_error"],
])("the worker goes on when the database drops the sessions that say a job is %s", async (_, event) => {
  await getDb().$executeRaw`CREATE SEQUENCE drops`;
  await getDb().$executeRaw`
    CREATE FUNCTION drop_session() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('drops') <= 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
      RETURN coalesce(NEW, OLD);
    END $$`;
  await getDb().$executeRawUnsafe(
    `CREATE TRIGGER drop_session BEFORE ${event} ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION drop_session()`,
  );
  await getDb().$executeRaw`SELECT graphile_worker.add_job('send-email', '{"deliveryId":"nonsense"}')`;
  const { action_run_id: runId } = await proposeOk(workspace, { action: "ask", payload: {} });
  const mails = () => getDb().emailDelivery.findMany({ where: { runId } });
  await vi.waitFor(
    async () => {
      expect(await getDb().$queryRaw`SELECT last_value > 3 AS "isOver" FROM drops`).toEqual([{ isOver: true }]);
      expect(tally((await mails()).map(({ status }) => status))).toEqual({ sent: 2 });
      expect(await getDb().$queryRaw`SELECT 1 FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL`).toEqual([]);
    },
    { timeout: 25_000, interval: 50 },
  );
  await getDb().$executeRaw`DROP FUNCTION drop_session CASCADE`;
  await getDb().$executeRaw`DROP SEQUENCE drops`;
});
