import { spawn } from "node:child_process";

export interface LoggedRun {
  readonly code: number;
  readonly output: string;
}

/** Where a part's output goes while it runs. */
export type Write = (text: string) => void;

/** Runs a command and passes its output on as it comes. */
export function runLogged(
  write: Write,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = ".",
): Promise<LoggedRun> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (text: string) => {
      output += text;
      write(text);
    };
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.on("error", (error) => collect(`${error.message}\n`));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
