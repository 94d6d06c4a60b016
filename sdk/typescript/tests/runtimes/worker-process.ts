import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Report, Suite } from "./play-suite";

/** The web's own interfaces, and node:util for the programs of these tests: neither `process` nor `Buffer`. */
const FLAGS = `compatibilityDate = "2026-01-01", compatibilityFlags = ["nodejs_compat", "no_nodejs_compat_v2"]`;

const configOf = (program: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = (modules = [(name = "suite", esModule = embed "${basename(program)}")], ${FLAGS})),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);
`;

/** Has a worker play the suite: workerd serves it, and is asked once. */
export async function askWorker(workerd: string, folder: string, program: string, suite: Suite): Promise<Report> {
  const config = join(folder, "worker.capnp");
  writeFileSync(config, configOf(program));
  const child = spawn(workerd, ["serve", "--control-fd=3", config], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const ended = once(child, "exit");
  try {
    const response = await fetch(`http://127.0.0.1:${await portOf(child)}/`, { method: "POST", body: JSON.stringify(suite) });
    if (!response.ok) throw new Error(`workerd responded with ${response.status}: ${await response.text()}`);
    return (await response.json()) as Report;
  } finally {
    child.kill();
    await ended;
  }
}

/** It writes each of its sockets to the control file. */
async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stdio[3] as NodeJS.ReadableStream })) {
    const { event, port } = JSON.parse(line) as { readonly event: string; readonly port?: number };
    if (event === "listen" && port !== undefined) return port;
  }
  throw new Error("workerd ended before it served the suite");
}
