import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { testSettings } from "./test-settings";

/** Runs `npm run -s admin -- … --json` on a database of the test's and returns the document it prints. Rejects when it fails. */
export async function runAdmin(databaseUrl: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/admin.mjs", ...args, "--json"], {
    env: { ...process.env, ...testSettings(databaseUrl), ...env },
  });
  return JSON.parse(stdout);
}
