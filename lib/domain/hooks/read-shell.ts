import { type Heredoc, heredocBody, isHeredoc, readHeredoc } from "./shell-heredocs";
import { type Inner, substitutions } from "./shell-nesting";
import { readWord, type ShellWord } from "./shell-words";

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Files that it writes to: `> out.txt`. */
  readonly writesTo: readonly ShellWord[];
  /** Files that it reads: `< in.txt`. */
  readonly readsFrom: readonly ShellWord[];
  /** What it reads from the command line itself: `<<EOF` or `<<< text`. */
  readonly input: string | null;
  /** Its input is another command's output. */
  readonly isPiped: boolean;
  /** The shells that it runs in, the innermost last. Each `(…)` and `$(…)` is one. */
  readonly shells: readonly number[];
}

export interface ShellReading {
  readonly commands: readonly ShellCommand[];
  /** False: something can't be read, such as a quote that never ends. Nothing is known of such a command line. */
  readonly isClear: boolean;
}

const BLANK = /(?:[ \t]|\\\n)+/y;
const OPERATOR = /\r?\n|;;|;|&&|\|\||\|&|\||&(?!>)|\(|\)/y;
const REDIRECT = /(?:\d*|&)(?:>>|>\||>&|>|<<<|<&|<>|<)(?!\()/y;
const DESCRIPTOR = /\d*(?=<<)/y;
const MAX_DEPTH = 8;

/** The commands of a shell's command line, those in `$(…)` and backticks included. Reads what Bash would, or says that it can't. */
export function readShell(line: string): ShellReading {
  const reader = new ShellReader();
  reader.read({ text: line, at: 0 }, { depth: 0, shells: [] });
  return reader;
}

interface Draft {
  words: ShellWord[];
  writesTo: ShellWord[];
  readsFrom: ShellWord[];
  input: string | null;
  isPiped: boolean;
  shells: readonly number[];
}

interface Within {
  readonly depth: number;
  readonly shells: readonly number[];
}

type Target = "words" | "writesTo" | "readsFrom" | "input";

class ShellReader implements ShellReading {
  readonly commands: Draft[] = [];
  isClear = true;
  private shellCount = 0;

  read(line: Inner, within: Within): void {
    this.isClear &&= within.depth <= MAX_DEPTH && this.readLine(line, within);
  }

  /** False: the rest can't be read. */
  private readLine({ text: line, at: offset }: Inner, within: Within): boolean {
    let { shells } = within;
    let command = emptyCommand(shells, false);
    let target: Target = "words";
    // Their texts begin after the line.
    let heredocs: { heredoc: Heredoc; reader: Draft }[] = [];
    const readInner = (inner: Inner) =>
      this.read({ text: inner.text, at: offset + inner.at }, { depth: within.depth + 1, shells: this.inOwnShell(shells) });
    for (let at = 0; at < line.length; ) {
      at += lengthAt(BLANK, line, at);
      if (at === line.length) break;
      if (line.charAt(at) === "#") {
        at = line.indexOf("\n", at) === -1 ? line.length : line.indexOf("\n", at);
        continue;
      }
      const opening = at + lengthAt(DESCRIPTOR, line, at);
      if (isHeredoc(line, opening)) {
        const heredoc = readHeredoc(line, opening);
        if (!heredoc) return false;
        command.input = "";
        heredocs.push({ heredoc, reader: command });
        at = heredoc.end;
        continue;
      }
      const redirect = line.slice(at, at + lengthAt(REDIRECT, line, at));
      if (redirect !== "") {
        target = redirect.endsWith("<<<") ? "input" : redirect.includes(">") ? "writesTo" : "readsFrom";
        at += redirect.length;
        continue;
      }
      const operator = line.slice(at, at + lengthAt(OPERATOR, line, at));
      if (operator !== "" && !(/^[&|()]/.test(operator) && isInTest(command))) {
        this.end(command);
        if (operator === "(") shells = this.inOwnShell(shells);
        if (operator === ")") shells = shells.length > within.shells.length ? shells.slice(0, -1) : shells;
        command = emptyCommand(shells, operator === "|" || operator === "|&");
        target = "words";
        at += operator.length;
        if (!operator.endsWith("\n")) continue;
        for (const { heredoc, reader } of heredocs) {
          const body = heredocBody(line, at, heredoc);
          const inner = body && (heredoc.isQuoted ? [] : substitutions(line, at, body.end));
          if (!body || !inner) return false;
          reader.input = line.slice(at, body.end);
          inner.forEach(readInner);
          at = body.next;
        }
        heredocs = [];
        continue;
      }
      if (operator !== "") {
        at += operator.length;
        continue;
      }
      const word = readWord(line, at);
      // Where the text of a heredoc begins after a word of several lines, shells don't agree.
      if (!word || word.end === at || (heredocs.length > 0 && line.slice(at, word.end).includes("\n"))) return false;
      word.inner.forEach(readInner);
      if (target === "input") command.input = `${word.texts.join(" ")}\n`;
      else {
        const { expands, isPattern } = word;
        const place = { start: offset + at, end: offset + word.end, expands, isPattern };
        command[target].push(...word.texts.map((text) => ({ text, ...place })));
      }
      target = "words";
      at = word.end;
    }
    this.end(command);
    return heredocs.length === 0;
  }

  private inOwnShell(shells: readonly number[]): readonly number[] {
    this.shellCount++;
    return [...shells, this.shellCount];
  }

  private end(command: Draft): void {
    const { words, writesTo, readsFrom, input } = command;
    if (words.length + writesTo.length + readsFrom.length > 0 || input !== null) this.commands.push(command);
  }
}

function emptyCommand(shells: readonly number[], isPiped: boolean): Draft {
  return { words: [], writesTo: [], readsFrom: [], input: null, isPiped, shells };
}

/** Whether it's a `[[ … ]]` that hasn't ended, in which `&&` and parentheses belong to the test. */
function isInTest({ words }: Draft): boolean {
  const opening = words.findIndex(({ text, start, end }) => text === "[[" && end - start === 2);
  const isFirst = words.slice(0, opening).every(({ text }) => /^(?:if|elif|while|until|!)$/.test(text));
  return opening !== -1 && isFirst && words.at(-1)?.text !== "]]";
}

function lengthAt(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0].length ?? 0;
}
