import { createHash } from "node:crypto";
import type { HookRequest } from "@/lib/contract/hook";
import { PAYLOAD_MAX_BYTES, REASONING_MAX_LENGTH } from "@/lib/domain/access/limits";
import { actionOfTool, type CodingAgent, isShell, isWriting } from "@/lib/domain/hooks/coding-agents";
import { effectsOfCommand } from "@/lib/domain/hooks/command-effects";
import { maskCommand, maskJson, maskText } from "@/lib/domain/hooks/mask-secrets";
import { effectsOfPaths } from "@/lib/domain/hooks/path-effects";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { shortened } from "@/lib/domain/text/shortened";

/** A call of a tool, ready to be proposed: nothing in it is a secret. */
export interface HookCall {
  readonly agent: CodingAgent;
  readonly sessionId: string;
  readonly toolUseId: string;
  readonly tool: string;
  readonly action: string;
  readonly payload: JsonObject;
  readonly reasoning: string | null;
}

/** How much of a long text is shown, tried in this order until the payload fits. */
const SHOWN_LENGTHS = [4000, 1000, 200];

/** Returns what is wrong with the call as a sentence, when it can't be proposed. */
export function readCall(agent: CodingAgent, request: HookRequest): HookCall | string {
  const { session_id: sessionId, tool_use_id: toolUseId, tool_name: tool, tool_input: input, cwd } = request;
  if (!(sessionId && toolUseId && tool && input)) {
    return "The hook's input has no session_id, tool_use_id, tool_name or tool_input. Update the agent, or the console.";
  }
  const { description, ...rest } = input;
  const folder = cwd || null;
  const reasoning = typeof description === "string" ? shortened(maskText(description), REASONING_MAX_LENGTH) : null;
  for (const shown of SHOWN_LENGTHS) {
    const payload = payloadOf({ tool, input: rest, folder, shown });
    if (Buffer.byteLength(JSON.stringify(payload)) > PAYLOAD_MAX_BYTES) continue;
    return { agent, sessionId, toolUseId, tool, action: actionOfTool(agent, tool), payload, reasoning };
  }
  return `The call is too long for a person to read. Make it shorter${isShell(tool) ? ", or write a script to a file first and run that" : ""}.`;
}

function payloadOf({ tool, input, folder, shown }: { tool: string; input: JsonObject; folder: string | null; shown: number }): JsonObject {
  const payload: JsonObject = { tool, ...(folder !== null && { folder: maskText(folder) }) };
  if (isShell(tool)) {
    const { command: _, cmd: __, ...options } = input;
    const command = commandOf(input);
    const rest = Object.keys(options).length > 0 && { input: shorten(maskJson(options), shown) };
    return { ...payload, ...effectsOfCommand(command, folder), command: maskCommand(command), ...rest };
  }
  const masked = shorten(maskJson(input), shown);
  if (!isWriting(tool)) return { ...payload, input: masked };
  const paths = pathsOf(input);
  return { ...payload, ...effectsOfPaths(paths, folder), path: maskText(paths[0] ?? ""), paths: paths.map(maskText), input: masked };
}

/** Some agents send a list of arguments. */
function commandOf({ command, cmd }: JsonObject): string {
  const line = command ?? cmd;
  if (Array.isArray(line))
    return line
      .map((part) => (/^[\w./=:@%+-]+$/.test(String(part)) ? String(part) : `'${String(part).replaceAll("'", "'\\''")}'`))
      .join(" ");
  return typeof line === "string" ? line : JSON.stringify(line ?? null);
}

const PATCHED = /^\*\*\* (Add|Update|Delete) File: (.+)$|^\*\*\* Move to: (.+)$/gm;

function pathsOf(input: JsonObject): string[] {
  const named = [input.file_path, input.notebook_path, input.path].filter((path) => typeof path === "string");
  const patched = Object.values(input).flatMap((text) => (typeof text === "string" ? [...text.matchAll(PATCHED)] : []));
  return [...new Set([...named, ...patched.map(([, , file, target]) => (file ?? target ?? "").trim())])];
}

/** Long texts as their beginning and what tells the rest: their length and hash. Masked before, so the hash is of no secret. */
function shorten(value: JsonValue, shown: number): JsonValue {
  if (typeof value === "string") {
    if (value.length <= shown) return value;
    const hash = createHash("sha256").update(value).digest("hex");
    return `${shortened(value, shown)} [beginning of ${value.length} characters with the SHA-256 ${hash}]`;
  }
  if (Array.isArray(value)) return value.map((item) => shorten(item, shown));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shorten(member, shown)]));
}
