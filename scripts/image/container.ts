import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Image } from "./build-image";
import { asUser, startInRoot } from "./in-root";

export interface Container {
  readonly url: string;
  readonly metricsUrl: string;
  /** What it has printed so far, both streams. */
  logs(): string;
  /** As `docker exec`: what it prints on standard output. */
  exec(...command: string[]): string;
  /** The exit code of the image's HEALTHCHECK. */
  checkHealth(): number;
  /** Sends the first process the image's stop signal and waits. Returns its exit code. */
  stop(): Promise<number | null>;
}

export interface ContainerOptions {
  /** What is mounted on the image's volume: a folder, which is given to its account, as Docker does with a new volume. */
  readonly data: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly env?: Readonly<Record<string, string>>;
}

const POLL_MS = 50;

/** Starts the image as `docker run --read-only --tmpfs /tmp --cap-drop ALL --network host`, and waits until its health check passes. */
export async function startContainer(image: Image, { data, port, metricsPort, env = {} }: ContainerOptions): Promise<Container> {
  const [uid = 0, gid = 0] = image.user.split(":").map(Number);
  chownSync(data, uid, gid);
  const ports = { HOST: "127.0.0.1", PORT: String(port), DAAI_METRICS_PORT: String(metricsPort) };
  const settings = { ...image.env, ...ports, DAAI_PUBLIC_URL: `http://127.0.0.1:${port}`, ...env };
  const child = startInRoot({ ...image, env: settings }, Object.fromEntries(image.volumes.map((path) => [path, data])), image.entrypoint);
  let logs = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => (logs += text));
  const ended = once(child, "close") as Promise<[number | null]>;

  const exec = (command: readonly string[]) => {
    const inside = ["nsenter", "--target", String(firstProcess(child)), "--mount", "--pid", "--root", `--wd=${image.root}${image.workdir}`];
    const variables = Object.entries({ PATH: "/usr/local/bin:/usr/bin:/bin", ...settings }).map(([name, value]) => `${name}=${value}`);
    const [program = "", ...args] = [...inside, ...asUser(image.user), "env", "-i", ...variables, ...command];
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  };
  const checkHealth = () => {
    try {
      exec(image.healthcheck);
      return 0;
    } catch (error) {
      return (error as { status?: number }).status ?? 1;
    }
  };
  const container: Container = {
    url: `http://127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${metricsPort}`,
    logs: () => logs,
    exec: (...command) => exec(command),
    checkHealth,
    stop: async () => {
      process.kill(firstProcess(child), "SIGTERM");
      return (await ended)[0];
    },
  };
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver) {
    if (logs.includes("DAAI Console is ready.") && checkHealth() === 0) return container;
    await sleep(POLL_MS);
  }
  throw new Error(`The container ended before it was healthy:\n${logs}`);
}

/** Process 1 of the container, by its number here: the child of `unshare`. */
function firstProcess({ pid }: ChildProcess): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return Number(child);
}
