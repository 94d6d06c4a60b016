// JSON-RPC as MCP uses it: one message a line.

import { type JsonFlaw, scanJson } from "@/lib/domain/json/json-scanner";

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
  /** What is sent on. */
  readonly text: string;
  readonly message: Message;
  /** Why others could read it differently: then it isn't sent to the server. */
  readonly flaw: string | null;
}

/** A message that the gateway writes. */
export function lineOf(message: Message): Line {
  return { text: unbroken(JSON.stringify(message)), message, flaw: null };
}

/**
 * The messages of a server's line, as the text that it wrote: several in a batch of protocol 2025-03-26. The gateway's own reading if a
 * member occurs twice. null if it isn't JSON by the standard.
 */
export function readLine(text: string): Line[] | null {
  const values = parse(text);
  if (values === null) return null;
  const isWhole = text.trimStart().startsWith("{") && duplicateIn(text) === null;
  return values.map((message) => ({ text: (isWhole ? text : JSON.stringify(message)).replaceAll("\r", " "), message, flaw: null }));
}

/**
 * The messages of a client's line. A call is written anew, of nothing but what calls have, so that the server gets what was read here. null
 * if it isn't JSON by the standard; a server may read it all the same, so it must not be passed on.
 */
export function readClientLine(text: string): Line[] | null {
  const values = parse(text);
  if (values === null) return null;
  const duplicate = duplicateIn(text);
  const unclear = flawText(scanJson(text).flaw);
  const isBatch = !text.trimStart().startsWith("{");
  return values.map((message) => {
    if (message.method === "tools/call") {
      return { ...lineOf(message), flaw: unclear ?? unknownIn("the message", message, MEMBERS) ?? flawOfCall(membersOf(message.params)) };
    }
    const flaw = duplicate ?? unknownIn("the message", message, MEMBERS) ?? flawOfMethod(message.method);
    return { text: unbroken(isBatch ? JSON.stringify(message) : text), message, flaw };
  });
}

const MEMBERS = ["jsonrpc", "id", "method", "params", "result", "error"];
const CALL_MEMBERS = ["name", "arguments", "_meta", "task", "requestState", "inputResponses"];

function parse(text: string): Message[] | null {
  try {
    const value: unknown = JSON.parse(text);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.every(isObject) ? (values as unknown as Message[]) : null;
  } catch {
    return null;
  }
}

/** Readers that ignore case, or stop at a NUL, take another name for one of ours. */
function unknownIn(place: string, members: object, known: readonly string[]): string | null {
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  return unknown === undefined ? null : `${place} has the member ${JSON.stringify(unknown)}`;
}

function flawOfMethod(method: unknown): string | null {
  if (method === undefined || (typeof method === "string" && /^[\x21-\x7e]+$/.test(method) && method.toLowerCase() !== "tools/call"))
    return null;
  return `the method is ${JSON.stringify(method)}`;
}

function flawOfCall(params: Members): string | null {
  const twin = twinIn(params["arguments"]);
  if (twin !== null) return `the arguments have ${JSON.stringify(twin)} twice, in small and in capital letters`;
  return unknownIn("the call", params, CALL_MEMBERS);
}

/** A name that a reader that ignores case would find twice. */
function twinIn(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const names = new Set<string>();
  for (const name of Array.isArray(value) ? [] : Object.keys(value)) {
    const folded = name.toUpperCase().toLowerCase();
    if (names.has(folded)) return name;
    names.add(folded);
  }
  for (const member of Object.values(value)) {
    const twin = twinIn(member);
    if (twin !== null) return twin;
  }
  return null;
}

/** The same JSON without anything at which a reader could break the line. A raw CR is a blank in JSON; the others are in its texts only. */
function unbroken(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replaceAll(/[\n\r]/g, " ").replaceAll(/[\u0085\u2028\u2029]/g, escaped);
}

function duplicateIn(text: string): string | null {
  return flawText(scanJson(text, { onlyDuplicates: true }).flaw);
}

function flawText(flaw: JsonFlaw | null): string | null {
  return flaw && `${flaw.path.join(".") || "the message"} ${flaw.problem}`;
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
