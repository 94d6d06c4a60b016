import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster } from "@/lib/embedded-postgres/cluster";
import { initializeCluster } from "@/lib/embedded-postgres/initialize-cluster";
import type { ServerBinaries } from "@/lib/embedded-postgres/server-binaries";
import { freePort } from "@/lib/net/free-port";
import { type PostgresProcess, postgresProcess } from "./postgres-process";

const ROLE = { name: "daai", password: "killable", canCreateDatabases: true };

export interface KillablePostgres extends Pick<PostgresProcess, "url" | "start" | "kill"> {
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** A PostgreSQL of a test's own, with an empty database and fsync as in production. `more`: arguments of the server. */
export async function startKillablePostgres(binaries?: ServerBinaries, more: readonly string[] = []): Promise<KillablePostgres> {
  const home = makeHome();
  const dir = join(home, "data");
  await initializeCluster(dir, ROLE, binaries);
  const server = postgresProcess(cluster(dir, binaries), ROLE, await freePort(), more);
  await server.start();
  return {
    url: server.url,
    start: server.start,
    kill: server.kill,
    close: async () => {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A folder that PostgreSQL's account can pass through. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "daai-postgres-"));
  chmodSync(home, 0o711);
  return home;
}
