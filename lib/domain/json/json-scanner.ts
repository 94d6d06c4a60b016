import { isExactNumber } from "./json-number";

/** How deep arrays and objects may be nested; the outermost is level 1. */
export const JSON_MAX_DEPTH = 32;

/** More than anyone means; most readers overflow their stack only far beyond. */
const MAX_SCANNED_DEPTH = 1_000;

/** Something that JSON.parse lets pass and the console does not. */
export interface JsonFlaw {
  readonly code: "duplicate_member" | "invalid_json_structure" | "unsafe_number";
  /** Where it is, from the outside in. */
  readonly path: (string | number)[];
  /** Completes a sentence that starts with the position. */
  readonly problem: string;
}

export interface JsonScan {
  readonly flaw: JsonFlaw | null;
  /** The exact text of each member of the outermost object. Whole only when there is no flaw. */
  readonly memberText: Readonly<Record<string, string>>;
}

export interface ScanOptions {
  /** What is wrong with a string. Every string is accepted if it isn't given. */
  readonly problemOf?: (text: string) => string | null;
  /** Look for members that occur twice, and accept everything else, at any depth that can be scanned. */
  readonly onlyDuplicates?: boolean;
}

/** An array or object that is being read. */
interface Level {
  /** Of an object: its names so far. */
  readonly names: Set<string>;
  /** Of an array: the index of the item. Of an object: the name of the member; null until it is read. */
  step: number | string | null;
  /** Where the value of the member begins. */
  valueAt: number;
}

export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPE_OR_QUOTE = /\\.|"/g;

/**
 * Looks once through a text that JSON.parse has already accepted, for what JSON.parse cannot see: members that occur twice,
 * numbers that a double cannot hold, the exact text of a member. Being valid, the text needs no further syntax checks here.
 */
export function scanJson(text: string, { problemOf, onlyDuplicates = false }: ScanOptions = {}): JsonScan {
  const memberText = Object.create(null) as Record<string, string>;
  const maxDepth = onlyDuplicates ? MAX_SCANNED_DEPTH : JSON_MAX_DEPTH;
  const levels: Level[] = [];
  const found = (code: JsonFlaw["code"], problem: string): JsonScan => {
    const path = levels.flatMap(({ step }) => step ?? []);
    return { flaw: { code, path, problem }, memberText };
  };
  // Blanks and colons are skipped, and a text is recognized by the quote that begins it.
  const token = /["{}[\],]|[^\s:"{}[\],]+/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const { 0: word, index: at } = match;
    const level = levels.at(-1);
    if (word === '"') {
      token.lastIndex = endOfString(text, at);
      const value = JSON.parse(text.slice(at, token.lastIndex)) as string;
      const problem = problemOf?.(value);
      if (problem) return found("invalid_json_structure", problem);
      if (level?.step !== null) continue;
      level.step = value;
      if (!onlyDuplicates && FORBIDDEN_NAMES.has(value)) {
        return found("invalid_json_structure", "has a name that isn't accepted; choose another");
      }
      if (level.names.has(value)) return found("duplicate_member", "occurs more than once; send it once");
      level.names.add(value);
      level.valueAt = text.indexOf(":", token.lastIndex) + 1;
    } else if (word === "{" || word === "[") {
      if (levels.length === maxDepth) return found("invalid_json_structure", `is nested more than ${maxDepth} levels deep; flatten it`);
      levels.push({ names: new Set(), step: word === "{" ? null : 0, valueAt: 0 });
    } else if (level && (word === "," || word === "}" || word === "]")) {
      const { step } = level;
      const isNamed = typeof step === "string";
      if (isNamed && levels.length === 1) memberText[step] = text.slice(level.valueAt, at).trim();
      if (word !== ",") levels.pop();
      else level.step = typeof step === "number" ? step + 1 : null;
    } else if (!onlyDuplicates && /^[-\d]/.test(word) && !isExactNumber(word)) {
      return found("unsafe_number", "contains a number that can't be stored exactly; send it as a string");
    }
  }
  return { flaw: null, memberText };
}

/** Where the string that begins at `start` is over: after the next quote that isn't escaped. */
function endOfString(text: string, start: number): number {
  ESCAPE_OR_QUOTE.lastIndex = start + 1;
  while (ESCAPE_OR_QUOTE.exec(text)?.[0] !== '"') continue;
  return ESCAPE_OR_QUOTE.lastIndex;
}

/** Why the database can't store a string. */
export function storageProblem(value: string): string | null {
  if (value.includes("\0")) return "contains a NUL character; leave it out";
  return LONE_SURROGATE.test(value) ? "contains half of a surrogate pair; send whole characters" : null;
}
