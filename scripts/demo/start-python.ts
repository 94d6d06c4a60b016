import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

const proposed = z.object({
  event: z.literal("proposed"),
  key: z.string(),
  amount: z.string().nullable(),
  governance_status: z.string(),
  governance_reason: z.string(),
  may_run: z.boolean(),
  error: z.string().nullable(),
  is_replay: z.boolean(),
});
const hangs = z.object({ event: z.literal("hangs"), key: z.string() });
const ofTheRunner = z.object({
  event: z.enum([
    "executed",
    "failed",
    "undelivered",
    "report_refused",
    "in_doubt",
    "released",
    "rejected",
    "blocked",
    "settled_elsewhere",
    "problem",
  ]),
  action_run_id: z.string(),
  error: z.string().nullable(),
});
const eventSchema = z.discriminatedUnion("event", [proposed, hangs, ofTheRunner]);

export type DemoEvent = z.infer<typeof eventSchema>;
export type Proposal = z.infer<typeof proposed>;

export interface PythonProgram {
  /** Resolves when it ended well or was killed by `end`; otherwise rejects with what it said. */
  readonly done: Promise<void>;
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export interface Python {
  readonly executable: string;
  /** All the programs get: where the console is and their two keys, nothing of the console's own settings. */
  readonly settings: Readonly<Record<"DAAI_BASE_URL" | "DAAI_API_KEY" | "DAAI_WORKSPACE_KEY", string>>;
}

/** Starts one of the demo's Python programs. */
export function startPython({ executable, settings }: Python, args: readonly string[], onEvent: (event: DemoEvent) => void): PythonProgram {
  const { PATH, NODE_ENV } = process.env;
  const env = { PATH, NODE_ENV, PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1", ...settings };
  const child = spawn(executable, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);

  let errors = "";
  let isKilled = false;
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  createInterface({ input: child.stdout }).on("line", (line) => onEvent(eventSchema.parse(JSON.parse(line))));
  const done = once(child, "close").then(([code]) => {
    process.off("exit", kill);
    if (code !== 0 && !isKilled) throw new Error(`${args[0]} ended with ${code}:\n${errors}`);
  });
  return {
    done,
    end: async (signal) => {
      isKilled = signal === "SIGKILL";
      child.kill(signal);
      await done;
    },
  };
}
