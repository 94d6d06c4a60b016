import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { disconnectDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { databaseNow } from "@/lib/db/transaction";
import { cluster, runProgram } from "@/lib/embedded-postgres/cluster";
import { initializeCluster } from "@/lib/embedded-postgres/initialize-cluster";
import { freePort } from "@/lib/net/free-port";
import { claimOk, expectOk, makeAction, makeWorkspace, propose, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { makeHome } from "@/lib/testing/killable-postgres";
import { type PostgresProcess, postgresProcess } from "@/lib/testing/postgres-process";
import { resetProcess } from "@/lib/testing/reset-process";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { admin } from "@/scripts/admin/try-admin";
import { getNewestCheckpoint } from "./get-newest-checkpoint";

const ROLE = { name: "daai", password: "archived" };
const home = makeHome();
const [lived, recovered] = [join(home, "lived"), join(home, "recovered")];
/** In the data folder, where the server's account can write. */
const ARCHIVE = "archive";
let servers: PostgresProcess[] = [];

/** A server that archives what it writes, and a base backup of it, as an operator's PostgreSQL has them. */
beforeAll(async () => {
  await initializeCluster(lived, ROLE);
  const alone = ["--single", "-D", cluster(lived).dirAsSeen, "-c", "exit_on_error=on", ROLE.name];
  await runProgram(cluster(lived), "postgres", alone, `GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ${ROLE.name}\n`);
  const command = `mkdir -p ${ARCHIVE} && cp %p ${ARCHIVE}/%f`;
  const settings = ["archive_mode=on", `archive_command=${command}`].flatMap((setting) => ["-c", setting]);
  const primary = postgresProcess(cluster(lived), ROLE, await freePort(), settings);
  servers = [primary];
  await primary.start();
  await migrate({ databaseUrl: primary.url });
  await primary.stop();
  // A stopped server's folder is a base backup.
  execFileSync("cp", ["-a", lived, recovered]);
  await primary.start();
  await resetProcess(primary.url);
});
afterAll(async () => {
  await disconnectDb();
  for (const server of servers) await server.stop();
  rmSync(home, { recursive: true, force: true });
});

let workspace: TestWorkspace;
const newest = async () => (await getNewestCheckpoint(operatorContext(workspace.workspaceId))) ?? { size: 0, note: "" };

async function add(key: string): Promise<string> {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "go", payload: { key }, idempotency_key: key });
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  return runId;
}

/** A new server, on the base backup and what was archived up to then. */
async function recover(until: Date): Promise<PostgresProcess> {
  const source = `${cluster(lived).dirAsSeen}/${ARCHIVE}`;
  writeFileSync(join(recovered, "recovery.signal"), "");
  const settings = [
    `restore_command=cp ${source}/%f %p`,
    `recovery_target_time=${until.toISOString().replace("T", " ").replace("Z", "+00")}`,
    "recovery_target_action=promote",
  ];
  const server = postgresProcess(
    cluster(recovered),
    ROLE,
    await freePort(),
    settings.flatMap((setting) => ["-c", setting]),
  );
  servers.push(server);
  await server.start();
  await resetProcess(server.url);
  await vi.waitFor(
    async () => {
      const [row] = await getDb().$queryRaw<{ is_recovering: boolean }[]>`SELECT pg_is_in_recovery() AS is_recovering`;
      expect(row?.is_recovering).toBe(false);
    },
    { timeout: 60_000, interval: 100 },
  );
  return server;
}

test("after a recovery to a point in time, everything up to it is there, and the restarted log proves it and names what is lost", async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "go", policy: { type: "always_allow" } });
  const [executed, unclaimed] = [await add("first"), await add("second")];
  expectOk(await report(workspace, executed, { claimToken: await claimOk(workspace, executed) }));
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  const early = await newest();
  // It's rounded down to a millisecond.
  const until = new Date((await databaseNow(getDb())).getTime() + 1);
  await sleep(2);
  await add("third");
  const late = await newest();
  expect([early.size, late.size]).toEqual([3, 4]);
  const [segment] = await getDb().$queryRaw<{ name: string }[]>`SELECT pg_walfile_name(pg_switch_wal()) AS name`;
  await vi.waitFor(
    async () => {
      const [row] = await getDb().$queryRaw<{ name: string }[]>`SELECT last_archived_wal AS name FROM pg_stat_archiver`;
      expect(row?.name && segment && row.name >= segment.name).toBe(true);
    },
    { timeout: 60_000, interval: 100 },
  );
  await servers[0]?.kill();

  await recover(until);
  expect(await newest()).toEqual(early);
  const runs = await getDb().actionRun.findMany({ orderBy: { id: "asc" }, select: { id: true, executionStatus: true } });
  expect(runs).toEqual([
    { id: executed, executionStatus: "executed" },
    { id: unclaimed, executionStatus: "awaiting_execution_report" },
  ]);
  // What was acknowledged before is known, and isn't made again.
  expect(expectOk(await propose(workspace, { action: "go", payload: { key: "first" }, idempotency_key: "first" })).answer).toMatchObject({
    action_run_id: executed,
    idempotent_replay: true,
  });

  expect(await admin("log", "restart", "--backup", until.toISOString(), "--confirm")).toMatchObject({ code: 0 });
  await add("after");
  expect(await admin("log", "verify", "--workspace", workspace.workspaceId)).toMatchObject({ code: 0 });
  const archive = join(home, "log.tar");
  expect(await admin("log", "export", "--workspace", workspace.workspaceId, "--to", archive)).toMatchObject({ code: 0 });
  const check = (kept: { note: string }) => {
    writeFileSync(join(home, "kept.txt"), kept.note.trim());
    return admin("receipts", "verify", archive, "--checkpoint", join(home, "kept.txt"));
  };
  expect(await check(early)).toMatchObject({
    code: 0,
    out: expect.stringContaining("nothing was lost when the log was restarted after 3 receipts"),
  });
  expect(await check(late)).toMatchObject({ code: 1, out: expect.stringContaining("you kept a checkpoint of 4: one receipt is lost") });
});
