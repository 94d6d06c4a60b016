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
const COMMENT = /#[^\n]*/y;
const OPERATOR = /\r?\n|;;|;|&&|\|\||\|&|\||&(?!>)|\(|\)/y;
const REDIRECT = /(?:\d*|&)(?:>>|>\||>&|>|<<<|<&|<>|<)(?!\()/y;
/** `2>&1`, which opens no file. */
const DUPLICATE = /\d*[<>]&(?:\d+-?|-)(?=[ \t\r\n;&|<>()]|$)/y;
const DESCRIPTOR = /\d*(?=<<)/y;
const MAX_DEPTH = 8;

/** The commands of a shell's command line, those in `$(…)` and backticks included. Reads what Bash would, or says that it can't. */
export function readShell(line: string): ShellReading {
  const reading: Reading = { commands: [], isClear: true, shellCount: 0 };
  new LineReader(reading, { text: line, at: 0 }, { depth: 0, shells: [] }).read();
  return reading;
}

interface Draft {
  words: ShellWord[];
  writesTo: ShellWord[];
  readsFrom: ShellWord[];
  input: string | null;
  isPiped: boolean;
  shells: readonly number[];
}

interface Reading {
  readonly commands: Draft[];
  isClear: boolean;
  shellCount: number;
}

interface Within {
  readonly depth: number;
  readonly shells: readonly number[];
}

/** Reads one command line. Each of its steps reads what stands next, or says that something else does. */
class LineReader {
  private at = 0;
  private shells: readonly number[];
  private command: Draft;
  /** Where the next word belongs. */
  private target: "words" | "writesTo" | "readsFrom" | "input" = "words";
  /** Their texts begin after the line. */
  private heredocs: { heredoc: Heredoc; reader: Draft }[] = [];

  constructor(
    private readonly reading: Reading,
    private readonly line: Inner,
    private readonly within: Within,
  ) {
    this.shells = within.shells;
    this.command = emptyCommand(this.shells, false);
  }

  read(): void {
    let canRead = this.within.depth <= MAX_DEPTH;
    while (canRead) {
      this.at += this.found(BLANK).length;
      this.at += this.found(COMMENT).length;
      if (this.at === this.line.text.length) break;
      canRead = this.readHeredoc() ?? this.readRedirect() ?? this.readOperator() ?? this.readWord();
    }
    this.endCommand();
    this.reading.isClear &&= canRead && this.heredocs.length === 0;
  }

  /** `<<EOF`. False, as in all steps: the rest can't be read. Null: it's something else. */
  private readHeredoc(): boolean | null {
    const opening = this.at + this.found(DESCRIPTOR).length;
    if (!isHeredoc(this.line.text, opening)) return null;
    const heredoc = readHeredoc(this.line.text, opening);
    if (!heredoc) return false;
    this.command.input = "";
    this.heredocs.push({ heredoc, reader: this.command });
    this.at = heredoc.end;
    return true;
  }

  private readRedirect(): true | null {
    const duplicate = this.found(DUPLICATE);
    if (duplicate !== "") {
      this.at += duplicate.length;
      return true;
    }
    const redirect = this.found(REDIRECT);
    if (redirect === "") return null;
    this.target = redirect.endsWith("<<<") ? "input" : redirect.includes(">") ? "writesTo" : "readsFrom";
    this.at += redirect.length;
    return true;
  }

  private readOperator(): boolean | null {
    const operator = this.found(OPERATOR);
    if (operator === "") return null;
    this.at += operator.length;
    if (/^[&|()]/.test(operator) && isInTest(this.command)) return true;
    this.endCommand();
    if (operator === "(") this.shells = this.ownShell();
    if (operator === ")" && this.shells.length > this.within.shells.length) this.shells = this.shells.slice(0, -1);
    this.command = emptyCommand(this.shells, operator === "|" || operator === "|&");
    this.target = "words";
    return operator.endsWith("\n") ? this.readHeredocBodies() : true;
  }

  private readHeredocBodies(): boolean {
    for (const { heredoc, reader } of this.heredocs) {
      const body = heredocBody(this.line.text, this.at, heredoc);
      const inner = body && (heredoc.isQuoted ? [] : substitutions(this.line.text, this.at, body.end));
      if (!body || !inner) return false;
      reader.input = this.line.text.slice(this.at, body.end);
      this.readInner(inner);
      this.at = body.next;
    }
    this.heredocs = [];
    return true;
  }

  private readWord(): boolean {
    const { text: line, at: offset } = this.line;
    const word = readWord(line, this.at);
    // Where the text of a heredoc begins after a word of several lines, shells don't agree.
    if (!word || word.end === this.at || (this.heredocs.length > 0 && line.slice(this.at, word.end).includes("\n"))) return false;
    this.readInner(word.inner);
    const { texts, expands, isPattern } = word;
    const place = { start: offset + this.at, end: offset + word.end, expands, isPattern };
    if (this.target === "input") this.command.input = `${texts.join(" ")}\n`;
    else this.command[this.target].push(...texts.map((text) => ({ text, ...place })));
    this.target = "words";
    this.at = word.end;
    return true;
  }

  private readInner(inner: readonly Inner[]): void {
    for (const { text, at } of inner) {
      const within = { depth: this.within.depth + 1, shells: this.ownShell() };
      new LineReader(this.reading, { text, at: this.line.at + at }, within).read();
    }
  }

  private ownShell(): readonly number[] {
    this.reading.shellCount++;
    return [...this.shells, this.reading.shellCount];
  }

  private endCommand(): void {
    const { words, writesTo, readsFrom, input } = this.command;
    if (words.length + writesTo.length + readsFrom.length > 0 || input !== null) this.reading.commands.push(this.command);
  }

  private found(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.line.text)?.[0] ?? "";
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
