import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DaaiClient } from "../../typescript/src/index";

// The console that the environment names, as `npm run test:sdk` does.
const env = (name: string) => process.env[`DAAI_TEST_${name}`] ?? "";

/** What the gateway reads. */
export const KEYS = { DAAI_API_KEY: env("API_KEY"), DAAI_WORKSPACE_KEY: env("WORKSPACE_KEY"), DAAI_BASE_URL: env("BASE_URL") };
export const ADDRESS = env("BASE_URL");

export const testClient = () => new DaaiClient({ apiKey: env("API_KEY"), workspaceKey: env("WORKSPACE_KEY"), baseUrl: env("BASE_URL") });

async function admin(...args: string[]): Promise<void> {
  const [program = "", ...rest] = env("ADMIN").split(" ");
  await promisify(execFile)(program, [...rest, ...args, "--json"]);
}

export function register(name: string, policy: "always_allow" | "always_require_approval", ...more: string[]): Promise<void> {
  // Another file may have registered it; if not, the first proposal tells.
  return admin("action", "register", "--workspace", env("WORKSPACE_ID"), "--name", name, "--policy", policy, ...more).catch(
    () => undefined,
  );
}

export function decide(runId: string, decision: "approve" | "reject", comment?: string, ...more: string[]): Promise<void> {
  const why = comment ? ["--comment", comment] : [];
  return admin("run", "decide", runId, "--decision", decision, "--as", env("OWNER_EMAIL"), ...why, ...more);
}

/** The run that a link in the gateway's words leads to. */
export function runIn(text: string): string {
  const id = /\/runs\/([0-9a-f-]{36})/.exec(text)?.[1];
  if (id === undefined) throw new Error(`no run in: ${text}`);
  return id;
}
