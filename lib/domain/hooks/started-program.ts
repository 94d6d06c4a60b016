import { afterOptions, isOption, STARTERS, takesValue, WITH_SUBCOMMANDS } from "./program-options";
import type { ShellWord } from "./shell-words";

/** A program with its arguments, as the shell would start it. */
export interface Started {
  readonly program: string;
  /** The program's own word. */
  readonly word: ShellWord;
  readonly argWords: readonly ShellWord[];
  readonly args: readonly string[];
  /** The arguments that are neither options nor values of options that stand before a subcommand. */
  readonly operands: readonly string[];
  /** An option that isn't known stands before the subcommand, so which one it is can't be told. */
  readonly hasUnknownOption: boolean;
}

/** What `xargs` and `find -exec` put in, which only they know. */
export const ANY_FILE = "{}";
const NAME = /^(?:[\w.+@%][\w.+@%~-]*|\[\[?|:|\})$/;
const ASSIGNMENT = /^\w+(?:\[[^\]]*\])?\+?=/;

/** The program that words start, behind variables, `if`, `sudo` and the like. "unclear": which one can't be told. Null: none. */
export function startedBy(words: readonly ShellWord[]): Started | "unclear" | null {
  let at = 0;
  let isFed = false;
  let starter: string | null = null;
  for (;;) {
    while (words[at] && isAssignment(words[at])) at++;
    const word = words[at];
    // What `xargs nice` gets is run. Alone, xargs shows it.
    if (!word) return isFed && starter !== "xargs" ? "unclear" : null;
    const name = nameOf(word.text);
    if (word.expands || word.isPattern || !isName(name) || name === "coproc") return "unclear";
    const next = words[at + 1];
    const twoWords = STARTERS.get(`${name} ${next?.text ?? ""}`);
    const options = twoWords ?? STARTERS.get(name);
    if (!options) return started(words, at, isFed);
    if (name === "command" && /^-[vV]$/.test(next?.text ?? "")) return null;
    const after = afterOptions(words, at + (twoWords ? 2 : 1), options);
    if (after === null) return "unclear";
    const from = after + options.operands;
    // Alone, it shows the variables.
    if (name === "env" && !words.slice(from).some((later) => !isAssignment(later))) return started([word], 0, false);
    isFed ||= name === "xargs";
    starter = name;
    at = from;
  }
}

function started(words: readonly ShellWord[], at: number, isFed: boolean): Started | "unclear" {
  const word = words[at];
  if (!word) return "unclear";
  const program = nameOf(word.text);
  const argWords = words.slice(at + 1);
  const args = argWords.map(({ text }) => text);
  if (isFed) args.push(ANY_FILE);
  return { program, word, argWords, args, ...operandsOf(program, args) };
}

function operandsOf(program: string, args: readonly string[]): Pick<Started, "operands" | "hasUnknownOption"> {
  const known = WITH_SUBCOMMANDS.get(program);
  const operands: string[] = [];
  let hasUnknownOption = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (!isOption(arg)) operands.push(arg);
    else if (known && !(program === "cargo" && arg.startsWith("+"))) {
      const isValued = takesValue(arg, known);
      hasUnknownOption ||= isValued === null && operands.length === 0 && at < args.length - 1;
      if (isValued) at++;
    }
  }
  return { operands, hasUnknownOption };
}

function isAssignment(word: ShellWord | undefined): boolean {
  return word !== undefined && ASSIGNMENT.test(word.text);
}

function isName(name: string): boolean {
  return NAME.test(name) || STARTERS.has(name);
}

function nameOf(text: string): string {
  return (text.split(/[\\/]/).at(-1) ?? "").replace(/\.exe$/i, "").replace(/^(\w[\w-]*)@.*$/, "$1");
}
