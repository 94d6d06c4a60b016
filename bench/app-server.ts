import { execFileSync } from "node:child_process";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";
import type { Bench } from "./measure";

/** A console on that database, as `npm start` runs it in production. It is stopped at the end at the latest. */
export async function startAppServer(bench: Bench, databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const server = await startTestServer({ databaseUrl, env });
  let stopped: Promise<unknown> | undefined;
  const stop = async () => void (await (stopped ??= server.kill("SIGTERM")));
  bench.atEnd(stop);
  return { ...server, stop };
}

/** What a process holds in memory. */
export function residentMegabytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}
