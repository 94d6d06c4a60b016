import { type Heredoc, heredocBody, isHeredoc, readHeredoc } from "./shell-heredocs";

/** A command line inside another one. */
export interface Inner {
  readonly text: string;
  readonly at: number;
}

const MAX_DEPTH = 30;

/** Where the commands that begin at `from` end with a parenthesis. Null: never, or only Bash could tell. */
export function endOfCommands(line: string, from: number, depth = 0): number | null {
  if (depth > MAX_DEPTH) return null;
  let heredocs: Heredoc[] = [];
  for (let at = from; at < line.length; at++) {
    const char = line.charAt(at);
    const isWordStart = at === from || /[ \t\n;&|()<>]/.test(line.charAt(at - 1));
    if (char === ")") return at;
    // Its patterns end with parentheses that nothing opened.
    if (isWordStart && /^case\s/.test(line.slice(at, at + 5))) return null;
    let end: number | null = at;
    if (isWordStart && char === "#") end = line.indexOf("\n", at) === -1 ? null : line.indexOf("\n", at) - 1;
    else if (char === "(") end = endOfCommands(line, at + 1, depth + 1);
    else if (line.startsWith("<<<", at)) end = at + 2;
    else if (isHeredoc(line, at)) {
      const heredoc = readHeredoc(line, at);
      if (heredoc) heredocs.push(heredoc);
      end = heredoc && heredoc.end - 1;
    } else if (char === "\n" && heredocs.length > 0) {
      end = afterBodies(line, at + 1, heredocs);
      if (end !== null) end--;
      heredocs = [];
    } else end = endOfPart(line, at, depth, false);
    if (end === null) return null;
    at = end;
  }
  return null;
}

function afterBodies(line: string, from: number, heredocs: readonly Heredoc[]): number | null {
  let next = from;
  for (const heredoc of heredocs) {
    const body = heredocBody(line, next, heredoc);
    if (!body) return null;
    next = body.next;
  }
  return next;
}

/** Where the quote, the backslash or the replacement that begins at `at` ends. Anything else ends where it begins. */
function endOfPart(line: string, at: number, depth: number, isInDouble: boolean): number | null {
  const char = line.charAt(at);
  if (char === "\\") return at + 1 < line.length ? at + 1 : null;
  if (char === "`") return endOfBackticks(line, at + 1);
  if (line.startsWith("$(", at)) return endOfCommands(line, at + 2, depth + 1);
  if (line.startsWith("${", at)) return endOfParameter(line, at + 2, { isInDouble, depth: depth + 1 });
  if (isInDouble) return at;
  if (char === '"') return endOfDouble(line, at + 1, depth + 1);
  if (line.startsWith("$'", at)) return endOfEscaped(line, at + 2);
  if (char !== "'") return at;
  const end = line.indexOf("'", at + 1);
  return end === -1 ? null : end;
}

function endOfDouble(line: string, from: number, depth: number): number | null {
  if (depth > MAX_DEPTH) return null;
  for (let at = from; at < line.length; at++) {
    if (line.charAt(at) === '"') return at;
    const end = endOfPart(line, at, depth, true);
    if (end === null) return null;
    at = end;
  }
  return null;
}

/** Where `${…}` ends. Whether a single quote counts in it within double quotes depends on the operator, so that isn't read. */
export function endOfParameter(line: string, from: number, { isInDouble, depth }: { isInDouble: boolean; depth: number }): number | null {
  if (depth > MAX_DEPTH) return null;
  for (let at = from; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "}") return isInDouble && line.slice(from, at).includes("'") ? null : at;
    const end = endOfPart(line, at, depth, false);
    if (end === null) return null;
    at = end;
  }
  return null;
}

/** Where `$'…'` ends. */
export function endOfEscaped(line: string, from: number): number | null {
  for (let at = from; at < line.length; at++) {
    if (line.charAt(at) === "'") return at;
    if (line.charAt(at) === "\\") at++;
  }
  return null;
}

/** Where backticks end. Those with a backslash in them aren't read: it hides other backticks. */
export function endOfBackticks(line: string, from: number): number | null {
  const end = line.indexOf("`", from);
  return end === -1 || line.slice(from, end).includes("\\") ? null : end;
}

/** The command lines that the shell runs inside a text without quotes. Null: one of them never ends. */
export function substitutions(line: string, from: number, to: number): Inner[] | null {
  const inner: Inner[] = [];
  for (let at = from; at < to; at++) {
    const char = line.charAt(at);
    if (char === "\\") at++;
    else if (char === "`" || line.startsWith("$(", at)) {
      const start = at + (char === "`" ? 1 : 2);
      const end = char === "`" ? endOfBackticks(line, start) : endOfCommands(line, start);
      if (end === null || end >= to) return null;
      inner.push({ text: line.slice(start, end), at: start });
      at = end;
    }
  }
  return inner;
}
