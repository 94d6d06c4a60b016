import { expandBraces, MARK } from "./shell-braces";
import { endOfBackticks, endOfCommands, endOfEscaped, endOfParameter, type Inner, substitutions } from "./shell-nesting";

/** A word of a command line, with quotes and backslashes read. What the shell replaces stays as it's written. */
export interface ShellWord {
  readonly text: string;
  /** Where it is in the whole command line, quotes included. */
  readonly start: number;
  readonly end: number;
  /** The shell replaces part of it: `$NAME`, `$(…)` or backticks. */
  readonly expands: boolean;
  /** The shell replaces it by the files that it matches: `*.ts`. */
  readonly isPattern: boolean;
}

interface WordReading {
  readonly texts: readonly string[];
  readonly end: number;
  readonly expands: boolean;
  readonly isPattern: boolean;
  /** The command lines inside it. */
  readonly inner: readonly Inner[];
}

/** What ends a word. Bash takes other white space for ordinary characters; a carriage return ends one only before a newline. */
const METACHARACTER = /^(?:[ \t\n;&|<>()]|\r\n)/;

/** One word from `start`, of which braces may make several. Null: something in it never ends, or only Bash could read it. */
export function readWord(line: string, start: number): WordReading | null {
  const inner: Inner[] = [];
  let text = "";
  // The text, with a mark for each character that means only itself.
  let shape = "";
  let expands = false;
  let isInDouble = false;
  const add = (added: string, isLiteral: boolean) => {
    text += added;
    shape += isLiteral ? MARK.repeat(added.length) : added;
  };
  let at = start;
  for (; at < line.length; at++) {
    const char = line.charAt(at);
    const two = line.slice(at, at + 2);
    if (char === "\\") {
      const next = line.charAt(at + 1);
      if (next === "") return null;
      const isEscape = !isInDouble || /["$`\\\n]/.test(next);
      if (next !== "\n") add(isEscape ? next : char, true);
      if (isEscape) at++;
    } else if (char === '"') {
      isInDouble = !isInDouble;
    } else if (char === "'" && !isInDouble) {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return null;
      add(line.slice(at + 1, end), true);
      at = end;
    } else if (two === "$'" && !isInDouble) {
      const end = endOfEscaped(line, at + 2);
      const literal = end === null ? null : unescaped(line.slice(at + 2, end));
      if (end === null || literal === null) return null;
      add(literal, true);
      at = end;
    } else if (char === "`" || two === "$(" || two === "${" || (!isInDouble && /^[<>]\(/.test(two))) {
      const replaced = readReplaced(line, at, isInDouble);
      if (!replaced) return null;
      inner.push(...replaced.inner);
      add(line.slice(at, replaced.end + 1), true);
      expands = true;
      at = replaced.end;
    } else if (char === "$" && /[\w?@*#!-]/.test(line.charAt(at + 1))) {
      expands = true;
      add(two, true);
      at++;
    } else if (!isInDouble && METACHARACTER.test(two)) {
      break;
    } else if (two !== '$"' || isInDouble) {
      add(char, isInDouble);
    }
  }
  const texts = expandBraces(text, shape);
  return isInDouble || !texts ? null : { texts, end: at, expands, isPattern: isPattern(shape), inner };
}

function isPattern(shape: string): boolean {
  return /[*?]/.test(shape) || (shape.includes("[") && shape.lastIndexOf("]") > shape.indexOf("["));
}

/** `$(…)`, backticks, `${…}`, `$((…))`, `<(…)` or `>(…)`, which begin at `at`. */
function readReplaced(line: string, at: number, isInDouble: boolean): { end: number; inner: readonly Inner[] } | null {
  const start = line.charAt(at) === "`" ? at + 1 : at + 2;
  if (line.startsWith("${", at)) {
    const end = endOfParameter(line, start, { isInDouble, depth: 0 });
    const inner = end === null ? null : substitutions(line, start, end);
    return end === null || !inner ? null : { end, inner };
  }
  const end = line.charAt(at) === "`" ? endOfBackticks(line, start) : endOfCommands(line, start);
  if (end === null) return null;
  if (line.startsWith("$((", at) && endOfCommands(line, start + 1) === end - 1) {
    const inner = substitutions(line, start, end);
    return inner && { end, inner };
  }
  return { end, inner: [{ text: line.slice(start, end), at: start }] };
}

const ESCAPES: Readonly<Record<string, string>> = { a: "\x07", b: "\b", e: "\x1b", E: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What is between `$'` and `'`. Null: it has a character that ends the word for Bash, or that there isn't. */
function unescaped(escaped: string): string | null {
  let isReadable = true;
  const text = escaped.replace(/\\(x[\da-f]{1,2}|u[\da-f]{1,4}|U[\da-f]{1,8}|[0-7]{1,3}|c[^]|[^])/gi, (whole, escape: string) => {
    const digits = escape.slice(1);
    if (/^[0-7]/.test(escape)) return character(Number.parseInt(escape, 8));
    if (/^[xuU]./.test(escape)) return character(Number.parseInt(digits, 16));
    if (/^c./.test(escape)) return character(digits.charCodeAt(0) & 31);
    return /^[\\'"?]$/.test(escape) ? escape : (ESCAPES[escape] ?? whole);
  });
  function character(code: number): string {
    isReadable &&= code > 0 && code <= 0x10ffff;
    return isReadable ? String.fromCodePoint(code) : "";
  }
  return isReadable ? text : null;
}
