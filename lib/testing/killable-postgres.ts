import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { cluster, spawnOptions } from "@/lib/embedded-postgres/cluster";
import { initializeCluster } from "@/lib/embedded-postgres/initialize-cluster";
import type { ServerBinaries } from "@/lib/embedded-postgres/server-binaries";
import { freePort } from "./free-port";

const ROLE = { name: "daai", password: "killable", canCreateDatabases: true };
const RETRY_MS = 20;
const START_TIMEOUT_MS = 30_000;

export interface KillablePostgres {
  /** An empty database. The same address before and after a kill. */
  readonly url: string;
  /** `kill -9` of the server and all its backends: nothing is flushed, no client is notified. */
  kill(): Promise<void>;
  /** Restarts it after a kill, and waits for recovery. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

/** A PostgreSQL of a test's own, with fsync as in production, as a direct child process. `more`: arguments of the server. */
export async function startKillablePostgres(binaries?: ServerBinaries, more: readonly string[] = []): Promise<KillablePostgres> {
  const home = mkdtempSync(join(tmpdir(), "daai-postgres-"));
  chmodSync(home, 0o711);
  const dir = join(home, "data");
  await initializeCluster(dir, ROLE, binaries);
  const of = cluster(dir, binaries);
  const port = await freePort();
  const url = `postgresql://${ROLE.name}:${ROLE.password}@127.0.0.1:${port}/${ROLE.name}`;
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", ...more];
  let child: ChildProcess | undefined;

  const run = () =>
    spawn(of.binaries.postgres, ["-D", of.dirAsSeen, "-p", String(port), ...settings], { ...spawnOptions(of), stdio: "ignore" });
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  const start = async () => {
    for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += RETRY_MS) {
      // Orphans of a killed server hold its shared memory for a moment; until then a new one refuses to start.
      if (!child || child.exitCode !== null || child.signalCode !== null) child = run();
      if (await answers(url)) return;
      await sleep(RETRY_MS);
    }
    throw new Error("PostgreSQL did not start again.");
  };

  await start();
  return {
    url,
    kill: async () => {
      const sessions = await processesOf(url);
      const ended = end("SIGKILL");
      // Left to themselves, they would first finish what they are doing.
      for (const pid of sessions) killProcess(pid);
      await ended;
    },
    start,
    close: async () => {
      await end("SIGINT");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return (await processesOf(url)).length > 0;
}

/** The server's backends, as it reports them; none if it doesn't respond. */
async function processesOf(url: string): Promise<number[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity");
    return rows.map(({ pid }) => pid);
  } catch {
    return [];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has exited.
  }
}
