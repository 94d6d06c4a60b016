import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "@/lib/net/free-port";
import { testSettings } from "@/lib/testing/test-settings";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";

const READY = "DAAI Console is ready.";

/** `npm start` with its own embedded database, from the command to the line that says it is ready. */
export async function measureStart(bench: Bench): Promise<Result[]> {
  const dataDir = join(bench.folder, "started");
  const first = await startOnce(bench, dataDir);
  const times: number[] = [];
  for (let start = 0; start < bench.size.starts; start++) times.push(await startOnce(bench, dataDir));
  const detail = `median of ${times.length}; the first, which made the database, took ${first.toFixed(1)} s`;
  return [{ title: "npm start, not for the first time", value: median(times), unit: "s", target: { atMost: 2 }, detail, rounds: times }];
}

async function startOnce(bench: Bench, dataDir: string): Promise<number> {
  const port = await freePort();
  // Everything else is as a new user has it.
  const unset = Object.fromEntries(Object.keys(testSettings("")).map((name) => [name, ""]));
  const startedAtMs = performance.now();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, NODE_ENV: "production", ...unset, DAAI_DATA_DIR: dataDir, HOST: "127.0.0.1", PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  bench.atEnd(stop);
  let output = "";
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes(READY)) resolve();
      });
    }
  });
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(`npm start ended:\n${output}`)))]);
  const seconds = (performance.now() - startedAtMs) / 1000;
  await stop();
  return seconds;
}
