import { execFileSync } from "node:child_process";
import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cluster, runProgram } from "@/lib/embedded-postgres/cluster";
import { initializeCluster } from "@/lib/embedded-postgres/initialize-cluster";
import { freePort } from "@/lib/net/free-port";
import { makeHome } from "./killable-postgres";
import { type PostgresProcess, postgresProcess } from "./postgres-process";

const ROLE = { name: "daai", password: "replicated" };

export interface ReplicatedPostgres {
  readonly primary: PostgresProcess;
  /** Replays what the primary writes, until it's promoted. */
  readonly standby: PostgresProcess;
  /** Makes the standby a primary. Whoever takes the old one away is the caller. */
  promote(): Promise<void>;
  close(): Promise<void>;
}

/** Two servers with streaming replication, on which each acknowledged commit is: what an HA manager would look after. */
export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const home = makeHome();
  const [first, second] = [join(home, "first"), join(home, "second")];
  await initializeCluster(first, ROLE);
  await runProgram(
    cluster(first),
    "postgres",
    ["--single", "-D", cluster(first).dirAsSeen, "-c", "exit_on_error=on", "postgres"],
    `ALTER ROLE ${ROLE.name} REPLICATION\n`,
  );
  appendFileSync(join(first, "pg_hba.conf"), `host replication ${ROLE.name} 127.0.0.1/32 scram-sha-256\n`);
  // A stopped server's folder is a base backup. The embedded PostgreSQL has no pg_basebackup.
  execFileSync("cp", ["-a", first, second]);
  writeFileSync(join(second, "standby.signal"), "");

  const [port, standbyPort] = [await freePort(), await freePort()];
  const source = `host=127.0.0.1 port=${port} user=${ROLE.name} password=${ROLE.password} application_name=second`;
  const primary = postgresProcess(cluster(first), ROLE, port, ["-c", "synchronous_standby_names=second"]);
  const standby = postgresProcess(cluster(second), ROLE, standbyPort, ["-c", `primary_conninfo=${source}`]);
  await Promise.all([primary.start(), standby.start()]);
  return {
    primary,
    standby,
    promote: () => runProgram(cluster(second), "pgCtl", ["promote", "--wait", "-D", cluster(second).dirAsSeen]),
    close: async () => {
      await Promise.all([standby.stop(), primary.stop()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
