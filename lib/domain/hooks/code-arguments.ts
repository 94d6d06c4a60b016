import { isOption } from "./program-options";
import type { ShellWord } from "./shell-words";
import type { Started } from "./started-program";

/** Code that a program gets in its arguments, or from its input. */
export interface Code {
  readonly language: "shell" | "other";
  /** One after the other, they are the code. */
  readonly words: readonly ShellWord[];
  /** It reads the code from its input. */
  readonly isInput: boolean;
}

const SHELLS = /^(?:ba|da|z|k|fi|a)?sh$/;
const SHOWS_ONLY = /^(?:-V|-v|-h|--version|--help)$/;
/** As the name of a script: its input, or what the shell puts in its place. */
const INPUT = /^(?:-|\/dev\/(?:stdin|fd\/\d+)|\/proc\/self\/fd\/\d+)$/;
const REPLACED = /^\$\{?\w+\}?$|\$\(|`|^<\(/;

/** Options of interpreters with code in the next word, or in the same one. */
const INLINE: readonly (readonly [RegExp, RegExp])[] = [
  [/^python\d?(?:\.\d+)?$/, /^-[a-zA-Z]*?c/],
  [/^(?:node|bun)$/, /^(?:-e|-p|-pe|--eval|--print)(?:=|$)/],
  [/^(?:perl|ruby|osascript)$/, /^-\w*[eE]$/],
  [/^php$/, /^(?:-[rBRE]|--run|--process-(?:begin|code|end))(?:=|$)/],
  [/^(?:deno|pwsh|powershell|awk|gawk|mawk|nawk)$/, /^$/],
];

/** The code that a program is started with. Null: none, or a script of its own. */
export function codeOf(started: Started): Code | null {
  const { program, argWords } = started;
  if (program === "eval") return { language: "shell", words: argWords, isInput: false };
  if (program === "trap") return { language: "shell", words: argWords.filter(({ text }) => !isOption(text)).slice(0, 1), isInput: false };
  if (program === "su" || program === "runuser") return shellCode(valuesOf(started, /^-\w*c$|^--command(?:=|$)/));
  if (SHELLS.test(program)) return codeOfShell(started);
  const inline = INLINE.find(([programs]) => programs.test(program))?.[1];
  return inline ? codeOfInterpreter(started, inline) : null;
}

function shellCode(words: readonly ShellWord[]): Code | null {
  return words.length > 0 ? { language: "shell", words, isInput: false } : null;
}

/** `bash -e -c "…"`: the code is the first word after all options. */
function codeOfShell({ argWords }: Started): Code | null {
  let isInline = false;
  let isInput = false;
  let at = 0;
  for (let text = argWords[0]?.text ?? ""; isOption(text); text = argWords[at]?.text ?? "") {
    at++;
    if (text === "--") break;
    if (/^--(?:version|help)$/.test(text)) return null;
    if (/^--(?:rcfile|init-file)$/.test(text) || /^[-+]\w*[oO]$/.test(text)) at++;
    isInline ||= /^-\w*c/.test(text);
    isInput ||= /^-\w*s/.test(text);
  }
  const first = argWords[at];
  if (isInline) return { language: "shell", words: first ? [first] : [], isInput: !first };
  return isInput || isFromElsewhere(first) ? { language: "shell", words: [], isInput: true } : null;
}

function codeOfInterpreter(started: Started, inline: RegExp): Code | null {
  const { program, argWords, args, operands } = started;
  if (args.length > 0 && args.every((arg) => SHOWS_ONLY.test(arg))) return null;
  const others = (words: readonly ShellWord[]): Code => ({ language: "other", words, isInput: false });
  if (/awk$|^(?:pwsh|powershell)$/.test(program)) return others(argWords);
  if (program === "deno") return operands[0] === "eval" ? others(argWords.slice(1)) : null;
  const words = valuesOf(started, inline);
  if (words.length > 0) return others(words);
  return isFromElsewhere(argWords.find(({ text }) => !isOption(text))) ? { language: "other", words: [], isInput: true } : null;
}

/** Whether a program whose script this would be reads code that nobody can name. */
export function isFromElsewhere(script: ShellWord | undefined): boolean {
  return script === undefined || INPUT.test(script.text) || (script.expands && REPLACED.test(script.text));
}

/** The values of options, in the next word or the same one. */
export function valuesOf({ argWords }: Started, option: RegExp): ShellWord[] {
  return argWords.flatMap((word, at) => {
    const found = option.exec(word.text)?.[0];
    if (found === undefined) return [];
    const next = argWords[at + 1];
    return found.length < word.text.length ? [{ ...word, text: word.text.slice(found.length) }] : next ? [next] : [];
  });
}
