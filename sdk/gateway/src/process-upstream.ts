import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Line, readLine } from "./messages";
import { splitLines } from "./split-lines";
import { NotSent, type Upstream, type UpstreamEvents } from "./upstream";

/** The console's keys are the gateway's alone. */
const KEYS = ["DAAI_API_KEY", "DAAI_WORKSPACE_KEY"];
/**
 * How long a server may take to end after its input has, and what it wrote may take to be read after it has ended, which its children can hold
 * open. Less than clients give the gateway.
 */
const END_MILLISECONDS = 1_000;

/** Starts the command of a server that speaks over its standard input and output. Its errors go where the gateway's go. */
export async function startProcess(
  [command = "", ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
  events: UpstreamEvents,
  endMilliseconds = END_MILLISECONDS,
): Promise<Upstream> {
  const env = { ...environment };
  for (const name of KEYS) delete env[name];
  // On Windows, npx and the like are scripts, which only a shell starts.
  const isWindows = process.platform === "win32";
  // A group of its own, so that a wrapper such as npx is ended together with the server.
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"], shell: isWindows, detached: !isWindows });
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (isWindows || child.pid === undefined) child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // Nothing of it is left.
    }
  };
  const exited = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    child.once("error", (error) => resolve(`couldn't be started: ${error.message}`));
  });
  await once(child, "spawn");
  // A reply that arrived before the process ended is read first.
  const closed = new Promise<void>((resolve) => {
    splitLines(
      child.stdout,
      (text) => {
        let lines: Line[] | null = null;
        try {
          lines = readLine(text);
        } catch {
          // Nested too deeply to be written again.
        }
        if (lines === null) events.warn(`the server wrote something that isn't a message: ${text.slice(0, 200)}`);
        else for (const line of lines) events.onLine(line);
      },
      resolve,
    );
  });
  const gone = exited.then(async (reason) => {
    const rest = setTimeout(() => {
      kill("SIGKILL");
      child.stdout.destroy();
    }, endMilliseconds);
    await closed;
    clearTimeout(rest);
    events.onGone(reason);
  });
  child.stdin.on("error", (error) => events.warn(`the server doesn't read: ${error.message}`));
  return {
    send: async ({ text }) => {
      if (!child.stdin.writable) throw new NotSent("the server has ended");
      child.stdin.write(`${text}\n`);
    },
    cancel: () => false,
    agreedOn: () => undefined,
    end: async () => {
      child.stdin.end();
      const terminate = setTimeout(() => kill("SIGTERM"), endMilliseconds);
      const end = setTimeout(() => kill("SIGKILL"), 1.8 * endMilliseconds);
      await gone;
      clearTimeout(terminate);
      clearTimeout(end);
    },
  };
}
