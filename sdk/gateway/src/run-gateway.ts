import type { DaaiClient } from "@/sdk/typescript/src/index";
import { AcceptedTools } from "./accepted-tools";
import { Gateway } from "./gateway";
import { connectHttp } from "./http-upstream";
import { OpenCalls } from "./open-calls";
import { startProcess } from "./process-upstream";
import { type Settings, SettingsError } from "./settings";
import { splitLines } from "./split-lines";
import type { UpstreamEvents } from "./upstream";

/** How long calls that the server is executing may take when the client has gone. Clients end a server soon after. */
const LAST_CALLS_MILLISECONDS = 1_000;

/** Passes on what the client writes to standard input, until one of the two ends. Throws a SettingsError if the server can't be started. */
export async function runGateway(
  settings: Settings,
  console: DaaiClient,
  worker: string,
  server: readonly string[] | URL,
  environment: NodeJS.ProcessEnv,
  warn: (message: string) => void,
): Promise<void> {
  const openCalls = new OpenCalls(settings.state);
  const accepted = new AcceptedTools(settings, console, worker, warn);
  let gateway: Gateway | null = null;
  let end: (problem: string | null) => void = () => {};
  const ended = new Promise<string | null>((resolve) => {
    end = resolve;
  });
  const events: UpstreamEvents = {
    warn,
    onLine: (line) => gateway?.fromServer(line),
    onGone: (reason) => {
      gateway?.serverGone(reason);
      end(`the server ${reason}`);
    },
  };
  const upstream = await (server instanceof URL
    ? connectHttp(server, settings.headers, events)
    : startProcess(server, environment, events)
  ).catch((error: Error) => {
    throw new SettingsError(`The server couldn't be started: ${error.message}`);
  });
  const write = (text: string) => void process.stdout.write(`${text}\n`);
  const running = new Gateway({ settings, console, worker, accepted, openCalls, warn, write }, upstream);
  gateway = running;
  // A client that is gone doesn't read.
  process.stdout.on("error", () => end(null));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end(null));
  splitLines(
    process.stdin,
    (line) => running.fromClient(line),
    () => end(null),
  );
  const problem = await ended;
  if (problem !== null) warn(problem);
  accepted.end();
  const reported = running.end();
  await Promise.race([reported, new Promise((resolve) => setTimeout(resolve, LAST_CALLS_MILLISECONDS))]);
  await upstream.end();
  running.serverGone("was closed");
  await reported;
  process.exit(problem === null ? 0 : 1);
}
