import { spawn } from "node:child_process";
import { once } from "node:events";
import { freePort } from "@/lib/net/free-port";
import { testSettings } from "./test-settings";

export interface TestServerOptions {
  readonly databaseUrl: string;
  /** Which server handles the SDK's API: Node (the default) or Next. */
  readonly mount?: "node" | "next";
  readonly port?: number;
  /** The path that it's served below, such as /console. */
  readonly basePath?: string;
  /** Where a proxy of the test's serves it to people: on its own port unless given. */
  readonly publicPort?: number;
  /** Where the console is: this checkout unless given. */
  readonly folder?: string;
  /** More settings, such as DAAI_PLAN. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface TestServer {
  /** With its path, and without a slash at the end. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  readonly pid: number;
  /** What it has printed so far, both streams. */
  logs(): string;
  /** Sends the signal and waits for the end. Returns the exit code; null when the signal ended it. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Stops it as an operator would; throws when it does not end cleanly. */
  stop(): Promise<void>;
}

const running = new Set<ReturnType<typeof spawn>>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** The console itself, as `npm start` runs it, on a database of the test's. Resolves when it is ready. */
export async function startTestServer({
  databaseUrl,
  mount = "node",
  port,
  publicPort,
  basePath = "",
  folder = ".",
  env,
}: TestServerOptions): Promise<TestServer> {
  const listenPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${publicPort ?? listenPort}${basePath}`;
  const settings = { HOST: "127.0.0.1", PORT: String(listenPort), DAAI_PUBLIC_URL: url, DAAI_SDK_MOUNT: mount };
  const child = spawn(process.execPath, [`${folder}/scripts/start.mjs`], {
    env: { ...process.env, NODE_ENV: "production", ...testSettings(databaseUrl), ...settings, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const exited = once(child, "exit").finally(() => running.delete(child)) as Promise<[number | null]>;
  let logs = "";
  const ready = new Promise<void>((resolve) => {
    const collect = (text: string) => {
      logs += text;
      if (logs.includes("DAAI Console is ready.")) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
  });
  const isReady = await Promise.race([ready.then(() => true), exited.then(() => false)]);
  if (!isReady) throw new Error(`The server did not start:\n${logs}`);

  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    return code;
  };
  return {
    url,
    port: listenPort,
    pid: child.pid ?? 0,
    logs: () => logs,
    kill,
    stop: async () => {
      if ((await kill("SIGTERM")) !== 0) throw new Error(`The server did not stop cleanly:\n${logs}`);
    },
  };
}
