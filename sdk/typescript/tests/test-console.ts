import { execFile } from "node:child_process";
import { promisify } from "node:util";

// The console that the environment names, as `npm run test:sdk` does.
export const env = (name: string): string => process.env[`DAAI_TEST_${name}`] ?? "";
export const SETTINGS = { apiKey: env("API_KEY"), workspaceKey: env("WORKSPACE_KEY"), baseUrl: env("BASE_URL") };

/** Not synchronous: connections to the console that end meanwhile must be noticed. */
export const run = promisify(execFile);

async function admin(...args: readonly string[]): Promise<void> {
  const [program = "", ...rest] = env("ADMIN").split(" ");
  await run(program, [...rest, ...args, "--json"]);
}

/** Writes the archive of the workspace's log into a file. */
export async function exportLog(file: string): Promise<void> {
  await admin("log", "export", "--workspace", env("WORKSPACE_ID"), "--to", file);
}

/** What an operator does after restoring a backup, which here is of this moment. */
export async function restartLog(): Promise<void> {
  await admin("log", "restart", "--workspace", env("WORKSPACE_ID"), "--backup", new Date().toISOString(), "--confirm");
}

const ASK = ["--policy", "always_require_approval", "--changeable", "amount:not-above"];

/** Registers an action. Unless `settings` say otherwise, it always asks, and a person may lower its amount. */
export async function registerAction(name: string, settings: readonly string[] = ASK): Promise<void> {
  await admin("action", "register", "--workspace", env("WORKSPACE_ID"), "--name", name, ...settings);
}

export async function decide(runId: string, decision: "approve" | "reject", comment: string, ...more: readonly string[]): Promise<void> {
  await admin("run", "decide", runId, "--decision", decision, "--as", env("OWNER_EMAIL"), "--comment", comment, ...more);
}
