import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PythonProgram {
  /** What it has printed so far, both streams. */
  output(): string;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

/** Runs a program as its user would: saved to a file, with the SDK installed and the keys in the environment. */
export function startPython(code: string, environment: Readonly<Record<string, string>>): PythonProgram {
  const file = join(mkdtempSync(join(tmpdir(), "daai-first-run-")), "first_run.py");
  writeFileSync(file, code);
  return start([file], environment);
}

/** Runs the SDK's command in a folder, to its end. */
export async function runCommand(
  args: readonly string[],
  { folder, environment }: { folder: string; environment: Readonly<Record<string, string>> },
): Promise<{ code: number | null; output: string }> {
  const { ended, output } = start(["-m", "daai", ...args], environment, folder);
  const code = await ended;
  return { code, output: output() };
}

function start(args: readonly string[], environment: Readonly<Record<string, string>>, folder?: string): PythonProgram {
  const python = process.env.DAAI_TEST_PYTHON;
  if (!python) throw new Error("Run the browser tests by `npm run test:e2e`: it makes the Python environment that this one needs.");
  const child = spawn(python, args, {
    cwd: folder,
    env: { ...process.env, PYTHONUNBUFFERED: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return { output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) };
}
