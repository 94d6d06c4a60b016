import { isObject, type Members, membersOf } from "./messages";
import { hashOf, sha256, sizeOf } from "./payload-of";

export interface ToolDefinition {
  readonly name: string;
  /** What a model or a client acts on. A change of anything here is a change of the tool. */
  readonly text: Members;
  readonly sha256: string;
  /** What the server says. Whether it is believed is the settings' matter. */
  readonly isReadOnly: boolean;
  /** Why the console can't take it, so that nobody can accept it. */
  readonly problem: string | null;
}

const FIELDS = ["name", "title", "description", "inputSchema", "outputSchema", "annotations", "execution"];

export function toolDefinition(tool: unknown): ToolDefinition | null {
  if (!isObject(tool) || typeof tool["name"] !== "string") return null;
  const text = Object.fromEntries(FIELDS.filter((field) => tool[field] !== undefined).map((field) => [field, tool[field]]));
  const problem = isStorable(text) ? null : "its definition has a NUL character or half of a surrogate pair, or is nested too deeply";
  const sha = problem === null ? hashOf(text) : sha256(JSON.stringify(text));
  return { name: tool["name"], text, sha256: sha, isReadOnly: membersOf(tool["annotations"])["readOnlyHint"] === true, problem };
}

/** Far more than any schema is nested. */
const MAX_DEPTH = 100;

function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !/\0|\p{Surrogate}/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  return depth < MAX_DEPTH && Object.entries(value).every(([name, member]) => isStorable(name) && isStorable(member, depth + 1));
}

/** So much is shown of a tool as fits: characters of a text, and values that changed. */
const SIZES = [
  [4_000, 60],
  [2_000, 40],
  [1_000, 20],
  [500, 20],
  [200, 20],
  [100, 10],
] as const;

/** What a person sees of a tool before accepting it: all of it, or what changed. null if it can't be shown in so many bytes. */
export function describeTool(tool: ToolDefinition, before: Members | undefined, mostBytes: number): Members | null {
  for (const [characters, values] of SIZES) {
    const described = before ? describeChange(tool, before, characters, values) : describeNew(tool, characters);
    if (sizeOf(described) <= mostBytes) return described;
  }
  return null;
}

function describeNew({ name, text, sha256: sha, isReadOnly }: ToolDefinition, characters: number): Members {
  const shown = (field: string) => {
    const value = text[field];
    return value === undefined ? null : around(typeof value === "string" ? value : JSON.stringify(value), 0, 0, characters);
  };
  const others = Object.entries({ title: "title", output: "outputSchema", annotations: "annotations", execution: "execution" });
  return {
    tool: name,
    is: "new",
    description: shown("description"),
    arguments: shown("inputSchema"),
    ...Object.fromEntries(others.filter(([, field]) => text[field] !== undefined).map(([label, field]) => [label, shown(field)])),
    says_read_only: isReadOnly,
    sha256: sha,
  };
}

/** Each value that only one of them has, or that differs. */
function describeChange({ name, text, sha256: sha }: ToolDefinition, before: Members, characters: number, values: number): Members {
  const [old, now] = [new Map(valuesOf(before)), new Map(valuesOf(text))];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (path) => JSON.stringify(old.get(path)) !== JSON.stringify(now.get(path)),
  );
  const lines = changed.map((path) => difference(path, old.get(path), now.get(path), characters));
  const first = Math.ceil(values / 2);
  const shown =
    lines.length <= values ? lines : [...lines.slice(0, first), [`${lines.length - values} more values`], ...lines.slice(first - values)];
  return { tool: name, is: "changed", difference: shown.flat(), sha256: sha };
}

function difference(path: string, old: unknown, now: unknown, characters: number): string[] {
  // "1" and 1 are shown apart.
  const isText = [old, now].every((value) => value === undefined || typeof value === "string");
  const [before, after] = [old, now].map((value) => (value === undefined ? null : isText ? String(value) : JSON.stringify(value)));
  const start = before && after ? sameAtStart(before, after) : 0;
  const end = before && after ? sameAtEnd(before, after, start) : 0;
  return [
    ...(typeof before === "string" ? [`- ${path}: ${around(before, start, end, characters)}`] : []),
    ...(typeof after === "string" ? [`+ ${path}: ${around(after, start, end, characters)}`] : []),
  ];
}

function sameAtStart(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same;
}

/** Besides what is the same at the start. */
function sameAtEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let same = 0;
  while (same < most && one.at(-1 - same) === other.at(-1 - same)) same += 1;
  return same;
}

/** A text of which the first `start` and the last `end` characters matter less: what is left out is counted. */
function around(text: string, start: number, end: number, characters: number): string {
  if (text.length <= characters) return text;
  const context = Math.floor(characters / 8);
  const from = Math.max(0, start - context);
  const to = Math.min(text.length, text.length - end + context);
  const half = Math.floor(characters / 2);
  const parts =
    to - from <= characters
      ? [[from, to]]
      : [
          [from, from + half],
          [to - half, to],
        ];
  let shown = "";
  let at = 0;
  for (const [begin = 0, stop = 0] of parts) {
    shown += omitted(begin - at) + text.slice(begin, stop).replaceAll(/\p{Surrogate}/gu, "");
    at = stop;
  }
  return shown + omitted(text.length - at);
}

function omitted(count: number): string {
  return count > 0 ? `[… ${count} characters …]` : "";
}

/** Each value with its path. */
function valuesOf(value: unknown, path = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const members = Object.entries(value);
  if (members.length === 0) return [[path, value]];
  return members.flatMap(([name, member]) => valuesOf(member, Array.isArray(value) ? `${path}[${name}]` : pathOf(path, name)));
}

function pathOf(path: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
