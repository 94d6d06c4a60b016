import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import type { ServerAccount } from "@/lib/embedded-postgres/server-account";

export interface Daemon {
  readonly pid: number;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** A program that stays in the foreground, as that account. What it prints goes to the end of the file. */
export function runDaemon(program: string, args: readonly string[], account: ServerAccount | null, logFile: string, cwd: string): Daemon {
  const log = openSync(logFile, "a");
  const env = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", TZ: "UTC", NODE_ENV: "production" } as const;
  const child = spawn(program, args, { ...account, cwd, env, stdio: ["ignore", log, log] });
  closeSync(log);
  running.add(child);
  const ended = once(child, "exit").finally(() => running.delete(child));
  return {
    pid: child.pid ?? 0,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
