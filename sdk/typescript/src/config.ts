import { DaaiConfigError } from "./errors";
import type { Config, LogCheck } from "./inside";

export interface DaaiClientOptions {
  /** DAAI_API_KEY of the environment if not given. */
  readonly apiKey?: string | undefined;
  /** DAAI_WORKSPACE_KEY of the environment if not given. */
  readonly workspaceKey?: string | undefined;
  /** DAAI_BASE_URL of the environment if not given, or else http://localhost:3000/api. */
  readonly baseUrl?: string | undefined;
  /** How long one attempt may take, up to 86,400; 10 if not given. */
  readonly timeoutSeconds?: number | undefined;
  /** How long `wait` holds one request open, from 1 to 60: below the idle timeout of every proxy in between. 25 if not given. */
  readonly pollSeconds?: number | undefined;
  /** Sends the requests, for example through a proxy. The global `fetch` if not given. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Detects that the receipt log was rewritten: a `Witness` of `daai/witness`. */
  readonly witness?: LogCheck | undefined;
  /** Called with what went wrong without stopping anything, such as a claim that couldn't be renewed. `console.warn` if not given. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** Fills omitted options from the environment, where there is one. */
export function loadConfig({ apiKey, workspaceKey, baseUrl, timeoutSeconds = 10, pollSeconds = 25 }: DaaiClientOptions): Config {
  // Timers don't take every number: they fire at once for one that is too large.
  if (!(timeoutSeconds > 0 && timeoutSeconds <= 86_400)) throw new DaaiConfigError("timeoutSeconds must be above 0 and at most 86,400");
  if (!Number.isInteger(pollSeconds) || pollSeconds < 1 || pollSeconds > 60) {
    throw new DaaiConfigError("pollSeconds must be a whole number from 1 to 60");
  }
  return {
    headers: {
      Authorization: `Bearer ${keyOf(apiKey, "apiKey", "DAAI_API_KEY")}`,
      "X-DAAI-Workspace-Key": keyOf(workspaceKey, "workspaceKey", "DAAI_WORKSPACE_KEY"),
    },
    baseUrl: urlOf(baseUrl || readEnvironment("DAAI_BASE_URL") || "http://localhost:3000/api"),
    timeoutSeconds,
    pollSeconds,
  };
}

/** A worker's unique name that a person can trace. */
export function newWorkerName(id: string): string {
  return `${readEnvironment("HOSTNAME")?.slice(0, 64) || "js"}:${processOf()?.pid ?? 0}:${id.slice(0, 12)}`;
}

interface ProcessLike {
  readonly pid?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Browsers and some edge runtimes have none. */
function processOf(): ProcessLike | undefined {
  return (globalThis as { readonly process?: ProcessLike }).process;
}

function readEnvironment(name: string): string | undefined {
  return processOf()?.env?.[name];
}

function keyOf(given: string | undefined, name: string, variable: string): string {
  const key = (given ?? readEnvironment(variable) ?? "").trim();
  if (key === "") throw new DaaiConfigError(`no ${name}: pass ${name} or set ${variable}`);
  if (!/^[!-~]+$/.test(key)) throw new DaaiConfigError(`the ${name} contains characters that no key has`);
  return key;
}

function urlOf(given: string): string {
  const url = given.trim().replace(/\/+$/, "");
  const { protocol, username, password, search, hash } = new URL(URL.canParse(url) ? url : "about:blank");
  if (!/^https?:$/.test(protocol) || username || password || search || hash) {
    // It isn't repeated, because it may contain a password.
    throw new DaaiConfigError("baseUrl must look like https://console.example.com/api, without user or query");
  }
  return url;
}
