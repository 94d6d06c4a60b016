import { isExactNumber } from "./json-number";

/** How deep arrays and objects may be nested; the outermost is level 1. */
export const JSON_MAX_DEPTH = 32;

/** Far from what overflows the stack. */
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
  /** Accept strings that the database can't store: for texts that are only read. */
  readonly anyText?: boolean;
  /** Look for members that occur twice, and accept everything else, at any depth that can be scanned. */
  readonly onlyDuplicates?: boolean;
}

const FORBIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);
const LONE_SURROGATE = /\p{Surrogate}/u;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Looks once through a text that JSON.parse has already accepted, for what JSON.parse cannot see: members that occur twice,
 * numbers that a double cannot hold, the exact text of a member. Being valid, the text needs no further syntax checks here.
 */
export function scanJson(text: string, { anyText = false, onlyDuplicates = false }: ScanOptions = {}): JsonScan {
  const scanner = new Scanner(text, anyText, onlyDuplicates);
  return { flaw: scanner.scan(), memberText: scanner.memberText };
}

class Scanner {
  readonly memberText: Record<string, string> = Object.create(null) as Record<string, string>;
  private at = 0;
  /** Where the next backslash is: strings that end before it need no unescaping. */
  private nextBackslash = -1;

  constructor(
    private readonly text: string,
    private readonly anyText: boolean,
    private readonly onlyDuplicates: boolean,
  ) {}

  private get maxDepth(): number {
    return this.onlyDuplicates ? MAX_SCANNED_DEPTH : JSON_MAX_DEPTH;
  }

  scan(): JsonFlaw | null {
    this.skipSpace();
    return this.value(1);
  }

  private value(depth: number): JsonFlaw | null {
    switch (this.text.charCodeAt(this.at)) {
      case QUOTE:
        return this.flawOfString(this.string());
      case OPEN_OBJECT:
        return this.object(depth);
      case OPEN_ARRAY:
        return this.array(depth);
      case 0x74: // true
      case 0x6e: // null
        this.at += 4;
        return null;
      case 0x66: // false
        this.at += 5;
        return null;
      default:
        return this.number();
    }
  }

  private object(depth: number): JsonFlaw | null {
    if (depth > this.maxDepth) return tooDeep(this.maxDepth);
    if (this.isEmptyUntil(CLOSE_OBJECT)) return null;
    const names = new Set<string>();
    do {
      this.at += 1; // { or ,
      this.skipSpace();
      const name = this.string();
      const flaw = this.flawOfString(name) ?? this.flawOfName(name, names);
      if (flaw) return flaw;
      names.add(name);
      this.skipSpace();
      this.at += 1; // :
      this.skipSpace();
      const start = this.at;
      const inner = this.value(depth + 1);
      if (inner) return within(name, inner);
      if (depth === 1) this.memberText[name] = this.text.slice(start, this.at);
      this.skipSpace();
    } while (this.text.charCodeAt(this.at) === COMMA);
    this.at += 1;
    return null;
  }

  private array(depth: number): JsonFlaw | null {
    if (depth > this.maxDepth) return tooDeep(this.maxDepth);
    if (this.isEmptyUntil(CLOSE_ARRAY)) return null;
    let index = 0;
    do {
      this.at += 1; // [ or ,
      this.skipSpace();
      const inner = this.value(depth + 1);
      if (inner) return within(index, inner);
      index += 1;
      this.skipSpace();
    } while (this.text.charCodeAt(this.at) === COMMA);
    this.at += 1;
    return null;
  }

  /** Moves past an empty array or object; otherwise stays on its opening character. */
  private isEmptyUntil(close: number): boolean {
    const start = this.at;
    this.at += 1;
    this.skipSpace();
    const isEmpty = this.text.charCodeAt(this.at) === close;
    this.at = isEmpty ? this.at + 1 : start;
    return isEmpty;
  }

  /** Moves past the string that starts here and returns it decoded. */
  private string(): string {
    const start = this.at;
    if (this.nextBackslash < start) {
      const found = this.text.indexOf("\\", start);
      this.nextBackslash = found === -1 ? this.text.length : found;
    }
    let end = this.text.indexOf('"', start + 1);
    if (end < this.nextBackslash) {
      this.at = end + 1;
      return this.text.slice(start + 1, end);
    }
    end = this.nextBackslash;
    for (let code = BACKSLASH; code !== QUOTE; code = this.text.charCodeAt(end)) end += code === BACKSLASH ? 2 : 1;
    this.at = end + 1;
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  private flawOfString(value: string): JsonFlaw | null {
    if (this.anyText || this.onlyDuplicates) return null;
    if (value.includes("\0")) return structure("contains a NUL character; leave it out");
    if (LONE_SURROGATE.test(value)) return structure("contains half of a surrogate pair; send whole characters");
    return null;
  }

  private flawOfName(name: string, earlier: ReadonlySet<string>): JsonFlaw | null {
    if (!this.onlyDuplicates && FORBIDDEN_NAMES.has(name)) {
      return { ...structure("has a name that isn't accepted; choose another"), path: [name] };
    }
    if (earlier.has(name)) return { code: "duplicate_member", path: [name], problem: "occurs more than once; send it once" };
    return null;
  }

  private number(): JsonFlaw | null {
    const start = this.at;
    while (isNumberCharacter(this.text.charCodeAt(this.at))) this.at += 1;
    if (this.onlyDuplicates || isExactNumber(this.text.slice(start, this.at))) return null;
    return { code: "unsafe_number", path: [], problem: "contains a number that can't be stored exactly; send it as a string" };
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      this.at += 1;
      code = this.text.charCodeAt(this.at);
    }
  }
}

function isNumberCharacter(code: number): boolean {
  // 0–9, + - . and e E; at the end of the text the code is NaN.
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e || (code | 0x20) === 0x65;
}

function tooDeep(most: number): JsonFlaw {
  return structure(`is nested more than ${most} levels deep; flatten it`);
}

function structure(problem: string): JsonFlaw {
  return { code: "invalid_json_structure", path: [], problem };
}

function within(step: string | number, flaw: JsonFlaw): JsonFlaw {
  flaw.path.unshift(step);
  return flaw;
}
