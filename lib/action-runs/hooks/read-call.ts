import { createHash } from "node:crypto";
import type { HookRequest } from "@/lib/contract/hook";
import { PAYLOAD_MAX_BYTES, REASONING_MAX_LENGTH } from "@/lib/domain/access/limits";
import { NO_EFFECTS } from "@/lib/domain/hooks/call-effects";
import { actionOfTool, type CodingAgent, isShell, isWriting } from "@/lib/domain/hooks/coding-agents";
import { effectsOfCommand } from "@/lib/domain/hooks/command-effects";
import { maskCommand } from "@/lib/domain/hooks/mask-command";
import { maskJson, maskText } from "@/lib/domain/hooks/mask-secrets";
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
/** How much more is read to find a secret that begins within what is shown. */
const READ_AHEAD = 2000;

const TOO_LONG = "The call is too long for a person to read. Make it shorter, or write a script to a file first and run that.";

/** Returns what is wrong with the call as a sentence, when it can't be proposed. */
export function readCall(agent: CodingAgent, request: HookRequest): HookCall | string {
  const { session_id: sessionId, tool_use_id: toolUseId, tool_name: tool, tool_input: input, cwd } = request;
  if (!(sessionId && toolUseId && tool && input)) {
    return "The hook's input has no session_id, tool_use_id, tool_name or tool_input. Update the agent, or the console.";
  }
  const folder = cwd || null;
  const facts: JsonObject = { tool, ...(folder !== null && { folder: maskText(folder) }) };
  let options = input;
  let reasoning: string | null = null;
  if (isShell(tool)) {
    const shell = readShellCall(input);
    if (Buffer.byteLength(shell.command ?? "") > PAYLOAD_MAX_BYTES) return TOO_LONG;
    Object.assign(facts, shellFacts(shell.command, folder));
    options = shell.options;
    reasoning = shell.description && maskedBeginning(shell.description, REASONING_MAX_LENGTH);
  } else if (isWriting(tool)) {
    const paths = pathsOf(input);
    Object.assign(facts, effectsOfPaths(paths, folder), { path: maskText(paths[0] ?? ""), paths: paths.map(maskText) });
  }
  for (const shown of SHOWN_LENGTHS) {
    const payload = Object.keys(options).length > 0 ? { ...facts, input: maskJson(options, (text) => readable(text, shown)) } : facts;
    if (Buffer.byteLength(JSON.stringify(payload)) > PAYLOAD_MAX_BYTES) continue;
    return { agent, sessionId, toolUseId, tool, action: actionOfTool(agent, tool), payload, reasoning };
  }
  return TOO_LONG;
}

function shellFacts(command: string | null, folder: string | null): JsonObject {
  if (command === null) return { ...NO_EFFECTS, unclear: true, command: "" };
  return { ...effectsOfCommand(command, folder), command: maskCommand(command) };
}

/** A shell's command line, the model's description of it, and everything else that it is called with. */
function readShellCall(input: JsonObject): { command: string | null; description: string | null; options: JsonObject } {
  const name = Object.hasOwn(input, "command") ? "command" : "cmd";
  const command = commandLine(input[name]);
  const { description } = input;
  const known = [...(command === null ? [] : [name]), ...(typeof description === "string" ? ["description"] : [])];
  const options = Object.fromEntries(Object.entries(input).filter(([member]) => !known.includes(member)));
  return { command, description: typeof description === "string" ? description : null, options };
}

/** Some agents send a list of arguments. */
function commandLine(command: JsonValue | undefined): string | null {
  if (typeof command === "string") return command;
  if (!Array.isArray(command) || !command.every((part) => typeof part === "string")) return null;
  return command.map((part) => (/^[\w./=:@%+-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`)).join(" ");
}

const PATCHED = /^\*\*\* (Add|Update|Delete) File: (.+)$|^\*\*\* Move to: (.+)$/gm;

function pathsOf(input: JsonObject): string[] {
  const named = [input.file_path, input.notebook_path, input.path].filter((path) => typeof path === "string");
  const patched = Object.values(input).flatMap((text) => (typeof text === "string" ? [...text.matchAll(PATCHED)] : []));
  return [...new Set([...named, ...patched.map(([, , file, target]) => (file ?? target ?? "").trim())])];
}

/** A text without its secrets. Of a long one the beginning, and what tells it from others: its length and the hash of all of it. */
function readable(text: string, shown: number): string {
  if (text.length <= shown) return maskText(text);
  const hash = createHash("sha256").update(text).digest("hex");
  return `${maskedBeginning(text, shown)} [beginning of ${text.length} characters with the SHA-256 ${hash}]`;
}

/** The beginning of a text without its secrets. The rest isn't read. */
export function maskedBeginning(text: string, maxLength: number): string {
  return shortened(maskText(text.slice(0, maxLength + READ_AHEAD)), maxLength);
}
