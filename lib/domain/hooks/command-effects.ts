import { type CallEffects, NO_EFFECTS } from "./call-effects";
import { holdsSecrets, isAgentSettings, isOutside } from "./path-effects";
import { isDestructive, readsSecrets, type Started, usesNetwork } from "./program-effects";
import { readShell, type ShellCommand, type ShellWord } from "./shell-words";

/** Start the program that follows them. */
const WRAPPERS = new Set([
  "sudo",
  "doas",
  "env",
  "command",
  "exec",
  "builtin",
  "nohup",
  "nice",
  "ionice",
  "time",
  "timeout",
  "xargs",
  "stdbuf",
  "setsid",
  "npx",
  "bunx",
  "caffeinate",
  "watch",
  "parallel",
]);
/** Options of those with a value of their own. */
const WRAPPER_VALUE = /^-(?:u|g|n|I|P|L|s|d|k|S|C|p)$/;
const SHELLS = /^(?:ba|da|z|k|fi|a)?sh$/;
const INTERPRETERS = /^(?:python\d?(?:\.\d+)?|node|deno|bun|perl|ruby|php|osascript|pwsh|powershell)$/;
/** Code in an argument that may do what only a person should allow. */
const RISKY_CODE =
  /\b(?:rmtree|unlink|rmdir|remove|rmSync|rm_rf|FileUtils|subprocess|child_process|execSync|spawn|system|popen|exec|eval|urlopen|requests|urllib|http|fetch|socket|environ|writeFile|open)\b/;
const WRITERS = new Set([
  "rm",
  "mv",
  "cp",
  "tee",
  "touch",
  "mkdir",
  "rmdir",
  "chmod",
  "chown",
  "ln",
  "install",
  "dd",
  "truncate",
  "shred",
  "unlink",
  "rsync",
  "tar",
  "unzip",
]);
const SECRET_VARIABLE = /\$\{?\w*(?:SECRET|TOKEN|PASSW|API_?KEY|PRIVATE|CREDENTIAL)/i;
const MAX_DEPTH = 4;

/** Reads what a command line would do. In doubt it says that it's unclear. */
export function effectsOfCommand(line: string, folder: string | null, depth = 0): CallEffects {
  const effects = { ...NO_EFFECTS };
  const { commands, isClear } = readShell(line);
  effects.unclear = !isClear || depth > MAX_DEPTH;
  if (depth <= MAX_DEPTH) for (const command of commands) addCommand(effects, command, folder, depth);
  return effects;
}

function add(effects: CallEffects, others: CallEffects): void {
  for (const name of Object.keys(effects) as (keyof CallEffects)[]) effects[name] ||= others[name];
}

function addCommand(effects: CallEffects, command: ShellCommand, folder: string | null, depth: number): void {
  const words = [...command.words];
  while (words[0] && /^\w+\+?=/.test(words[0].text)) {
    addPath(effects, words.shift()?.text.replace(/^\w+\+?=/, "") ?? "");
  }
  for (const target of command.writesTo) addWritten(effects, target, folder);
  for (const source of command.readsFrom) addPath(effects, source.text);
  const started = startedBy(words);
  if (started === "unclear") effects.unclear = true;
  if (started === null || started === "unclear") return;
  const { program, args, operands } = started;
  effects.destructive ||= isDestructive(started);
  effects.network ||= usesNetwork(started);
  effects.secrets ||=
    readsSecrets(started) ||
    words.some(({ text, expands }) => expands && SECRET_VARIABLE.test(text) && /^(?:echo|printf|cat)$/.test(program));
  for (const word of words) addPath(effects, word.text);
  if (WRITERS.has(program) || (/^(?:sed|perl|gsed)$/.test(program) && args.some((arg) => /^-\w*i/.test(arg)))) {
    for (const word of words.slice(1)) if (!word.text.startsWith("-")) addWritten(effects, word, folder);
  }
  if (/^(?:cd|pushd)$/.test(program)) effects.outside_project ||= isOutside(operands[0] ?? "~", folder);
  add(effects, effectsOfCode(started, command, folder, depth));
}

/** What programs do that get commands or code in their arguments or from a pipe. */
function effectsOfCode(
  { program, args, operands }: Started,
  { isPiped, input }: ShellCommand,
  folder: string | null,
  depth: number,
): CallEffects {
  const effects = { ...NO_EFFECTS };
  if (program === "eval") add(effects, effectsOfCommand(args.join(" "), folder, depth + 1));
  if (program === "." || program === "source") effects.unclear ||= operands.length === 0 || isOutside(operands[0] ?? "", folder);
  if (program === "find") {
    const at = args.findIndex((arg) => /^-(?:exec|execdir|ok)$/.test(arg));
    if (at !== -1)
      add(
        effects,
        effectsOfCommand(
          args
            .slice(at + 1)
            .filter((arg) => arg !== ";" && arg !== "+")
            .join(" "),
          folder,
          depth + 1,
        ),
      );
  }
  const code = args[args.findIndex((arg) => /^-\w*[ce]$|^--(?:eval|command|print)$/.test(arg)) + 1];
  const isInline = args.some((arg) => /^-\w*[ce]$|^--(?:eval|command|print)$/.test(arg));
  const readsCode = !isInline && (operands.length === 0 || operands[0] === "-");
  if (SHELLS.test(program)) {
    if (isInline) add(effects, effectsOfCommand(code ?? "", folder, depth + 1));
    else if (readsCode && input !== null) add(effects, effectsOfCommand(input, folder, depth + 1));
    else if (readsCode || isPiped) effects.unclear = true;
  } else if (INTERPRETERS.test(program)) {
    if (isInline) effects.unclear = RISKY_CODE.test(code ?? "");
    else if (readsCode && (isPiped || input !== null)) effects.unclear = input === null || RISKY_CODE.test(input);
  }
  return effects;
}

/** The program behind `sudo` and the like. "unclear": which one is decided only when it runs. */
function startedBy(words: readonly ShellWord[]): Started | "unclear" | null {
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (!word) break;
    const name = nameOf(word.text);
    if (!WRAPPERS.has(name) || (name === "env" && words.length === at + 1)) break;
    at++;
    while (words[at] && /^-|^\w+=|^\d+[smhd]?$/.test(words[at]?.text ?? "")) at += WRAPPER_VALUE.test(words[at]?.text ?? "") ? 2 : 1;
    if (at >= words.length) return null;
  }
  const first = words[at];
  if (!first) return null;
  if (first.expands) return "unclear";
  const args = words.slice(at + 1).map(({ text }) => text);
  return { program: nameOf(first.text), args, operands: args.filter((arg) => !arg.startsWith("-")) };
}

function nameOf(text: string): string {
  return (text.split(/[\\/]/).at(-1) ?? "").replace(/\.exe$/i, "").replace(/^(\w+)@.*$/, "$1");
}

function addPath(effects: CallEffects, text: string): void {
  for (const path of [text, text.replace(/^[\w-]*[=:@]/, "")]) {
    effects.secrets ||= holdsSecrets(path);
    effects.agent_settings ||= isAgentSettings(path);
  }
}

function addWritten(effects: CallEffects, { text, expands }: ShellWord, folder: string | null): void {
  addPath(effects, text);
  const path = text.replace(/^of=/, "");
  effects.outside_project ||= isOutside(path, folder) || (expands && text.startsWith("$"));
}
