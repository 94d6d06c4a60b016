import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type Cluster, spawnOptions } from "@/lib/embedded-postgres/cluster";
import type { FirstRole } from "@/lib/embedded-postgres/initialize-cluster";

const RETRY_MS = 20;
const START_TIMEOUT_MS = 30_000;
/** Of what it said last. */
const KEPT_CHARACTERS = 2_000;

/** A PostgreSQL server as a direct child process, on a port of its own. */
export interface PostgresProcess {
  readonly url: string;
  /** Starts it, also after a kill, and waits until it answers. */
  start(): Promise<void>;
  /** `kill -9` of the server and all its backends: nothing is flushed, no client is notified. */
  kill(): Promise<void>;
  /** SIGSTOP of the server and all its backends: connections stay open, and nothing answers any more. */
  freeze(): Promise<void>;
  stop(): Promise<void>;
}

/** With fsync as in production. `more`: arguments of the server. */
export function postgresProcess(of: Cluster, role: FirstRole, port: number, more: readonly string[]): PostgresProcess {
  const url = `postgresql://${role.name}:${role.password}@127.0.0.1:${port}/${role.name}`;
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", ...more];
  let child: ChildProcess | undefined;
  let said = "";
  let frozen: number[] = [];

  const isRunning = () => child && child.exitCode === null && child.signalCode === null;
  const run = () => {
    const args = ["-D", of.dirAsSeen, "-p", String(port), ...settings];
    const server = spawn(of.binaries.postgres, args, { ...spawnOptions(of), stdio: ["ignore", "ignore", "pipe"] });
    server.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-KEPT_CHARACTERS);
    });
    return server;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (!child || !isRunning()) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    url,
    start: async () => {
      for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += RETRY_MS) {
        // Orphans of a killed server hold its shared memory for a moment; until then a new one refuses to start.
        if (!isRunning()) child = run();
        if ((await processesOf(url)).length > 0) return;
        await sleep(RETRY_MS);
      }
      throw new Error(`PostgreSQL did not start:\n${said}`);
    },
    kill: async () => {
      const sessions = await processesOf(url);
      const ended = end("SIGKILL");
      // Left to themselves, they would first finish what they are doing.
      for (const pid of sessions) send(pid, "SIGKILL");
      await ended;
    },
    freeze: async () => {
      frozen = await processesOf(url);
      for (const pid of [child?.pid, ...frozen]) if (pid) send(pid, "SIGSTOP");
    },
    stop: async () => {
      for (const pid of frozen) send(pid, "SIGKILL");
      await end(frozen.length > 0 ? "SIGKILL" : "SIGINT");
    },
  };
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

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has exited.
  }
}
