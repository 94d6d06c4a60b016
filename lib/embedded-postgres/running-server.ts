import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "./cluster";

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** The server that runs on the cluster, ours or one that outlived a killed process; null when there is none. */
export function findRunningServer({ dir }: Cluster): RunningServer | null {
  const [pid = 0, , , port = 0] = readLines(pidFile(dir)).map(Number);
  return pid > 0 && isServerOf(dir, pid) ? { pid, port } : null;
}

/**
 * After a restart of the machine or container, the old pid file's number may belong to another process, and PostgreSQL would refuse to
 * start. If no process has the number, PostgreSQL handles the file itself.
 */
export function removeForeignPidFile({ dir }: Cluster): void {
  const [pid = 0] = readLines(pidFile(dir)).map(Number);
  if (pid > 0 && isAlive(pid) && !isServerOf(dir, pid)) rmSync(pidFile(dir), { force: true });
}

function pidFile(dir: string): string {
  return join(dir, "postmaster.pid");
}

function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A server's working directory is its data folder. Where the system doesn't expose it, the pid file is trusted. */
function isServerOf(dir: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dir);
  } catch {
    return false;
  }
}
