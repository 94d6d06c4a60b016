import { spawn } from "node:child_process";
import { once } from "node:events";
import { SetupError } from "@/lib/errors/setup-error";
import { freePort } from "@/lib/net/free-port";
import { until } from "./until";

export interface DemoConsole {
  /** Without a slash at the end. */
  readonly url: string;
  readonly isStartedHere: boolean;
  close(): Promise<void>;
}

/** The first start on a slow machine builds the pages. */
const START_TIMEOUT_MS = 600_000;
const OPEN = { HOST: "127.0.0.1", DAAI_WORKER: "inline", LOG_LEVEL: "warn" };
/** The demo's mail is for nobody outside. */
const FOR_THE_DEMO = { RESEND_API_KEY: "", SMTP_URL: "" };

/** The console as `npm start` runs it, on a free port and this process's database. Throws a SetupError when it does not start. */
export async function startConsole(say: (message: string) => void): Promise<DemoConsole> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { ...process.env, ...OPEN, ...FOR_THE_DEMO, PORT: String(port), DAAI_PUBLIC_URL: url },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // If this process ends, so does the console, cleanly.
  const abandon = () => child.kill("SIGTERM");
  process.once("exit", abandon);
  const exited = once(child, "exit").then(() => process.off("exit", abandon));

  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (text.startsWith("Building")) say(text.trim());
  });

  const isUp = async () => (await fetch(`${url}/api/ready`).catch(() => null))?.ok ?? false;
  await Promise.race([
    until(async () => ((await isUp()) ? true : null), {
      timeoutMs: START_TIMEOUT_MS,
      otherwise: "The console wasn't ready within ten minutes.",
    }),
    exited.then(() => {
      throw new SetupError(`${output.trim()}\nThe console didn't start. The reason is above.`);
    }),
  ]);
  return {
    url,
    isStartedHere: true,
    close: async () => {
      abandon();
      await exited;
    },
  };
}
