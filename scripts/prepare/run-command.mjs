import { spawn } from "node:child_process";

/**
 * Runs a command to its end and passes the signals of a terminal or a supervisor on to it. Its output is shown only when it
 * fails, on standard error.
 */
export function runCommand(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const collect = (text) => (output += text);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", pass).on("SIGTERM", pass);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      if (code === 0) return resolve();
      if (signal) return process.exit(0);
      process.stderr.write(output);
      reject(new Error(`${[command, ...args].join(" ")} ended with ${code}`));
    });
  });
}
