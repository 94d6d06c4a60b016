import { isObject, type Members, membersOf } from "./messages";
import { beginningOf, hashOf, sizeOf } from "./payload-of";

export interface ToolDefinition {
  readonly name: string;
  /** What a model or a client acts on. A change of anything here is a change of the tool. */
  readonly text: Members;
  readonly sha256: string;
  /** What the server says. Whether it is believed is the settings' matter. */
  readonly isReadOnly: boolean;
}

const FIELDS = ["name", "title", "description", "inputSchema", "outputSchema", "annotations", "execution"];

export function toolDefinition(tool: unknown): ToolDefinition | null {
  if (!isObject(tool) || typeof tool["name"] !== "string") return null;
  const text = Object.fromEntries(FIELDS.filter((field) => tool[field] !== undefined).map((field) => [field, tool[field]]));
  return { name: tool["name"], text, sha256: hashOf(text), isReadOnly: membersOf(tool["annotations"])["readOnlyHint"] === true };
}

const MAX_DESCRIPTION = 2_000;
const MAX_SCHEMA_BYTES = 4_000;
const MAX_CHANGED_LINES = 60;
const MAX_LINE = 300;

/** What a person sees of a tool before accepting it: all of it, or what changed. */
export function describeTool({ name, text, sha256, isReadOnly }: ToolDefinition, before: Members | undefined): Members {
  if (before) return { tool: name, is: "changed", difference: difference(before, text), sha256 };
  const description = typeof text["description"] === "string" ? beginningOf(text["description"], MAX_DESCRIPTION) : null;
  const schema = text["inputSchema"] ?? {};
  return {
    tool: name,
    is: "new",
    description,
    arguments: sizeOf(schema) > MAX_SCHEMA_BYTES ? beginningOf(JSON.stringify(schema), MAX_SCHEMA_BYTES) : JSON.stringify(schema),
    says_read_only: isReadOnly,
    sha256,
  };
}

/** The lines that only one of them has, in the order of each. */
function difference(before: Members, now: Members): string[] {
  const [old, fresh] = [linesOf(before), linesOf(now)];
  const lines = [...without(old, fresh).map((line) => `- ${line}`), ...without(fresh, old).map((line) => `+ ${line}`)];
  const shown = lines.slice(0, MAX_CHANGED_LINES).map((line) => beginningOf(line, MAX_LINE));
  return shown.length < lines.length ? [...shown, `and ${lines.length - shown.length} more lines`] : shown;
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}

/** A line for each value, with its path. Texts keep their own lines. */
function linesOf(value: unknown, path = ""): string[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, member]) => linesOf(member, path === "" ? name : `${path}.${name}`));
  }
  if (Array.isArray(value)) return value.flatMap((item, at) => linesOf(item, `${path}[${at}]`));
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.split("\n").map((line) => `${path}: ${line}`);
}
