// JSON-RPC as MCP uses it: one message a line.

import { scanJson } from "@/lib/domain/json/json-scanner";

export type RequestId = string | number;
export type Members = Readonly<Record<string, unknown>>;

export interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

export interface Line {
  /** As it came, without the line break; JSON of `message` if others could read the original differently. */
  readonly text: string;
  readonly message: Message;
  /** Why others could read it differently. */
  readonly flaw: string | null;
}

/**
 * The messages of a line: several in a batch of protocol 2025-03-26. null if it isn't JSON by the standard; a server may read it all the
 * same, so it must not be passed on.
 */
export function readLine(text: string): Line[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (!values.every(isObject)) return null;
  const { flaw } = scanJson(text, { anyText: true });
  const problem = flaw && `${flaw.path.join(".") || "the message"} ${flaw.problem}`;
  const isWhole = !problem && !Array.isArray(value);
  return values.map((message) => ({
    text: isWhole ? text : JSON.stringify(message),
    message: message as unknown as Message,
    flaw: problem,
  }));
}

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An empty object for what isn't one. */
export function membersOf(value: unknown): Members {
  return isObject(value) ? value : {};
}

export function isRequestId(id: unknown): id is RequestId {
  return typeof id === "string" || typeof id === "number";
}

/** 1 and "1" are different ids. */
export function idKey(id: unknown): string {
  return JSON.stringify(id) ?? "";
}

export function isResponse({ id, method, result, error }: Message): boolean {
  return id !== undefined && method === undefined && (result !== undefined || error !== undefined);
}

export const META_VERSION = "io.modelcontextprotocol/protocolVersion";
export const META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
export const META_CLIENT = "io.modelcontextprotocol/clientInfo";

/** What every request of protocol 2026-07-28 carries. */
export function envelopeOf(params: unknown): Members {
  const meta = membersOf(membersOf(params)["_meta"]);
  return Object.fromEntries(
    [META_VERSION, META_CAPABILITIES, META_CLIENT].filter((name) => name in meta).map((name) => [name, meta[name]]),
  );
}

/** Whether results have to say what kind they are. */
export function isStateless(params: unknown): boolean {
  return META_VERSION in envelopeOf(params);
}
