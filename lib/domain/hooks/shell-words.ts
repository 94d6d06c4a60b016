/** A word of a command line, with quotes and backslashes read. */
export interface ShellWord {
  readonly text: string;
  /** Where it is in the whole command line, quotes included. */
  readonly start: number;
  readonly end: number;
  /** The shell replaces part of it: `$NAME`, `$(…)` or backticks. */
  readonly expands: boolean;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Files that it writes to: `> out.txt`. */
  readonly writesTo: readonly ShellWord[];
  /** Files that it reads: `< in.txt`. */
  readonly readsFrom: readonly ShellWord[];
  /** What it reads from the command line itself: `<<EOF`. */
  readonly input: string | null;
  /** Its input is another command's output. */
  readonly isPiped: boolean;
}

export interface ShellReading {
  readonly commands: readonly ShellCommand[];
  /** False: something can't be read, such as a quote that never ends. Nothing is known of such a command line. */
  readonly isClear: boolean;
}

/** What ends a word. Bash takes other white space for ordinary characters, a carriage return too: before a newline it's read as part of that. */
const METACHARACTER = /^(?:[ \t\n;&|<>()]|\r\n)/;
const OPERATOR = /^(?:\r?\n|;;|;|&&|\|\||\|&|\||&(?!>)|\(|\)|\{(?=\s)|\}(?=\s|;|$))/;
const REDIRECT = /^(?:\d*|&)(?:>>|>\||>&|>|<<<|<<-?|<&|<>|<)/;
const HEREDOC = /^<<-?[ \t]*(['"\\]?)([\w.-]+)\1/;
const RESERVED = new Set(["if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time"]);
const MAX_DEPTH = 8;

/** The commands of a shell's command line, those in `$(…)` and backticks included. Reads what Bash would, or says that it can't. */
export function readShell(line: string, offset = 0, depth = 0): ShellReading {
  if (depth > MAX_DEPTH) return { commands: [], isClear: false };
  const commands: ShellCommand[] = [];
  let isClear = true;
  let command = emptyCommand(false);
  let redirect: "writesTo" | "readsFrom" | null = null;
  // Their texts begin after the line.
  let heredocs: { delimiter: string; isQuoted: boolean; command: Draft }[] = [];

  const addInner = (inner: readonly Inner[]) => {
    for (const { text, at } of inner) {
      const reading = readShell(text, offset + at, depth + 1);
      commands.push(...reading.commands);
      isClear &&= reading.isClear;
    }
  };
  const endCommand = (operator: string) => {
    if (command.words.length + command.writesTo.length + command.readsFrom.length > 0 || command.input !== null) commands.push(command);
    redirect = null;
    command = emptyCommand(operator.startsWith("|") && operator !== "||");
  };

  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at);
    const blank = /^(?:[ \t]|\\\r?\n)+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    if (rest.startsWith("#")) {
      at += /^[^\n]*/.exec(rest)?.[0].length ?? rest.length;
      continue;
    }
    const processed = /^[<>]\(/.exec(rest);
    const heredoc = HEREDOC.exec(rest);
    if (heredoc) {
      command.input = "";
      heredocs.push({ delimiter: heredoc[2] ?? "", isQuoted: heredoc[1] !== "", command });
      at += heredoc[0].length;
      continue;
    }
    const redirected = processed ? null : REDIRECT.exec(rest);
    if (redirected) {
      if (/<<(?!<)/.test(redirected[0])) return { commands, isClear: false };
      redirect = redirected[0].includes(">") ? "writesTo" : "readsFrom";
      at += redirected[0].length;
      continue;
    }
    const operator = processed ? null : OPERATOR.exec(rest);
    if (operator) {
      endCommand(operator[0]);
      at += operator[0].length;
      if (!operator[0].endsWith("\n")) continue;
      for (const { delimiter, isQuoted, command: reader } of heredocs) {
        const body = heredocBody(line, at, delimiter);
        if (!body) return { commands, isClear: false };
        reader.input = line.slice(at, body.end);
        if (!isQuoted) addInner(substitutions(line, at, body.end));
        at = body.next;
      }
      heredocs = [];
      continue;
    }
    const word = readWord(line, at);
    if (!word || word.end === at) return { commands, isClear: false };
    addInner(word.inner);
    at = word.end;
    const placed = { text: word.text, start: offset + word.start, end: offset + word.end, expands: word.expands };
    if (redirect !== null) command[redirect].push(placed);
    else if (command.words.length > 0 || !RESERVED.has(word.text)) command.words.push(placed);
    redirect = null;
  }
  endCommand("");
  return { commands, isClear: isClear && heredocs.length === 0 };
}

interface Draft {
  words: ShellWord[];
  writesTo: ShellWord[];
  readsFrom: ShellWord[];
  input: string | null;
  isPiped: boolean;
}

/** A command line inside another one. */
interface Inner {
  readonly text: string;
  readonly at: number;
}

function emptyCommand(isPiped: boolean): Draft {
  return { words: [], writesTo: [], readsFrom: [], input: null, isPiped };
}

/** Where a text that begins at `from` ends, and what follows its delimiter. */
function heredocBody(line: string, from: number, delimiter: string): { end: number; next: number } | null {
  for (let at = from; at <= line.length; ) {
    const newline = line.indexOf("\n", at);
    const end = newline === -1 ? line.length : newline;
    if (line.slice(at, end).trim() === delimiter) return { end: at, next: end };
    if (newline === -1) return null;
    at = newline + 1;
  }
  return null;
}

/** The command lines that the shell runs inside a text without quotes. */
function substitutions(line: string, from: number, to: number): Inner[] {
  const inner: Inner[] = [];
  for (let at = from; at < to; at++) {
    const char = line.charAt(at);
    if (char === "\\") at++;
    else if (char === "`" || line.startsWith("$(", at)) {
      const start = at + (char === "`" ? 1 : 2);
      const end = char === "`" ? line.indexOf("`", start) : closingParenthesis(line, start);
      const until = end === null || end === -1 || end > to ? to : end;
      inner.push({ text: line.slice(start, until), at: start });
      at = until;
    }
  }
  return inner;
}

/** One word from `start`, with the command lines inside it. Null: a quote or a parenthesis never ends. */
function readWord(line: string, start: number): (ShellWord & { inner: Inner[] }) | null {
  const inner: Inner[] = [];
  let text = "";
  let expands = false;
  let inDouble = false;
  let at = start;
  for (; at < line.length; at++) {
    const char = line.charAt(at);
    if (char === "\\") {
      if (++at === line.length) return null;
      if (line.charAt(at) !== "\n") text += line.charAt(at);
    } else if (char === "'" && !inDouble) {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return null;
      text += line.slice(at + 1, end);
      at = end;
    } else if (char === '"') {
      inDouble = !inDouble;
    } else if (char === "`") {
      const end = line.indexOf("`", at + 1);
      if (end === -1) return null;
      inner.push({ text: line.slice(at + 1, end), at: at + 1 });
      expands = true;
      at = end;
    } else if (/^(?:[$<>]\()/.test(line.slice(at, at + 2)) && (char === "$" || !inDouble)) {
      const end = closingParenthesis(line, at + 2);
      if (end === null) return null;
      inner.push({ text: line.slice(at + 2, end), at: at + 2 });
      expands = true;
      at = end;
    } else if (char === "$" && /[\w{?@*#!-]/.test(line.charAt(at + 1))) {
      expands = true;
      text += char;
    } else if (!inDouble && METACHARACTER.test(line.slice(at, at + 2))) {
      break;
    } else {
      text += char;
    }
  }
  return inDouble ? null : { text, start, end: at, expands, inner };
}

function closingParenthesis(line: string, from: number): number | null {
  let open = 1;
  let heredocs: string[] = [];
  for (let at = from; at < line.length; at++) {
    const char = line.charAt(at);
    const heredoc = char === "<" ? HEREDOC.exec(line.slice(at)) : null;
    if (heredoc) {
      heredocs.push(heredoc[2] ?? "");
      at += heredoc[0].length - 1;
    } else if (char === "\n" && heredocs.length > 0) {
      let next = at + 1;
      for (const delimiter of heredocs) {
        const body = heredocBody(line, next, delimiter);
        if (!body) return null;
        next = body.next;
      }
      heredocs = [];
      at = next - 1;
    } else if (char === "\\") at++;
    else if (char === "'" || char === "`") {
      const end = line.indexOf(char, at + 1);
      if (end === -1) return null;
      at = end;
    } else if (char === '"') {
      for (at++; at < line.length && line.charAt(at) !== '"'; at++) if (line.charAt(at) === "\\") at++;
    } else if (char === "(") open++;
    else if (char === ")" && --open === 0) return at;
  }
  return null;
}
