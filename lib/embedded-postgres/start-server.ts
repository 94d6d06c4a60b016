import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "@/lib/errors/setup-error";
import { freePort, isFree } from "@/lib/net/free-port";
import { type Cluster, runProgram } from "./cluster";
import { SETTINGS_FILE } from "./initialize-cluster";
import { findRunningServer, removeForeignPidFile } from "./running-server";
import { chownTo } from "./server-account";

export type ServerSettings = Readonly<Record<string, string | number>>;

/** Recovery after a crash replays the log; that can take its time on a large database. */
const START_TIMEOUT_SECONDS = 120;
const ORPHAN_PATIENCE_MS = 15_000;
const RETRY_MS = 200;

const SETTINGS: ServerSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 200,
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  // A file for each weekday, written over a week later.
  logging_collector: "on",
  log_directory: "log",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: 0,
};

/**
 * Starts the cluster's server, or finds the one that runs already, and waits until it listens. Returns its port: the wished
 * one if it is free. Call it under the cluster's lock.
 */
export async function startServer(of: Cluster, preferredPort: number | null, settings: ServerSettings = {}): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const running = findRunningServer(of);
    if (running && (await isListening(running.port))) return running.port;
    if (!running) {
      removeForeignPidFile(of);
      const port = preferredPort && (await isFree(preferredPort)) ? preferredPort : await freePort();
      const problem = await tryStart(of, port, settings);
      if (problem === null) return port;
      // After a kill -9 of the server its children need a moment to notice; until then it refuses to start.
      if (!/shared memory|lock file/.test(problem) || waitedMs > ORPHAN_PATIENCE_MS) {
        throw new SetupError(`The embedded PostgreSQL did not start (${problem}); its logs are in ${join(of.dir, "log")}.`);
      }
    } else if (waitedMs > START_TIMEOUT_SECONDS * 1000) {
      throw new SetupError(
        `The embedded PostgreSQL runs (process ${running.pid}) but doesn't respond; its logs are in ${join(of.dir, "log")}.`,
      );
    }
    await sleep(RETRY_MS);
  }
}

async function tryStart(of: Cluster, port: number, settings: ServerSettings): Promise<string | null> {
  const lines = Object.entries({ ...SETTINGS, ...settings, port }).map(([name, value]) => `${name} = '${value}'\n`);
  writeFileSync(join(of.dir, SETTINGS_FILE), lines.join(""), { mode: 0o600 });
  chownTo(of.account, join(of.dir, SETTINGS_FILE));
  const startLog = join(of.dir, "start.log");
  rmSync(startLog, { force: true });
  try {
    await runProgram(of, "pgCtl", ["start", "-w", "-t", String(START_TIMEOUT_SECONDS), "-D", of.dirAsSeen, "-l", "start.log"]);
    return null;
  } catch (error) {
    return lastFatalLine(startLog) ?? lastFatalLine(logOfToday(of.dir)) ?? (error as Error).message;
  }
}

function logOfToday(dir: string): string {
  const weekday = new Date().toLocaleDateString("en-US", { weekday: "short", timeZone: "UTC" });
  return join(dir, "log", `postgresql-${weekday}.log`);
}

function lastFatalLine(path: string): string | null {
  if (!existsSync(path)) return null;
  const line = readFileSync(path, "utf8")
    .split("\n")
    .findLast((text) => /(FATAL|PANIC): /.test(text));
  return line?.replace(/^.*?(FATAL|PANIC): */, "") ?? null;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
