import { type CallEffects, NO_EFFECTS } from "./call-effects";
import { codeOf, isFromElsewhere, valuesOf } from "./code-arguments";
import { hasAgentSettings, holdsSecrets, isAgentSettings, isDisk, isOutside, resolvedIn } from "./path-effects";
import { isDestructive, isUnclear, readsSecrets, takesSql, usesNetwork, wipes } from "./program-effects";
import { isOption } from "./program-options";
import { readShell, type ShellCommand } from "./read-shell";
import type { ShellWord } from "./shell-words";
import { type Started, startedBy } from "./started-program";
import { readsTypedCommands } from "./typed-commands";

/** Code in an argument that may do what only a person should allow. */
const RISKY_CODE =
  /\b(?:rm|rmtree|rmdir\w*|rmSync|rm_rf|delete\w*|cpSync|cp_r|copyFile\w*|copyfile|copytree|unlink\w*|remove\w*|rename\w*|truncate\w*|write_(?:text|bytes)|writeFile\w*|appendFile\w*|file_put_contents|FileUtils|shutil|subprocess|child_process|spawn\w*|exec\w*|shell_exec|passthru|system\w*|popen\w*|getline|eval|compile|__import__|getattr|base64|b64decode|atob|urlopen|requests|urllib\w*|https?|fetch|socket|environ|ENV|process\.env|open)\b|`/;
/** What `print` writes to a file or a program. */
const AWK_OUTPUT = /printf?\b[^;{}\n]*[>|]/;
/** Variables and options whose values programs run, or load. */
const PROGRAM_SETTING =
  /^(?:\w*_(?:COMMAND|CMD|ASKPASS)|GIT_(?:SSH|EXTERNAL_DIFF|CONFIG\w*)|LD_PRELOAD|LD_AUDIT|DYLD_\w+|BASH_ENV|PERL5OPT|RUBYOPT|PYTHONSTARTUP)=|^ENV=.*\/|^NODE_OPTIONS=.*(?:-r|--require|--import)\b|^(?:GIT_)?(?:\w*EDITOR|VISUAL|PAGER)=.*[^\w./-]|^--[\w-]+-(?:command|cmd|askpass)(?:=|$)/;
/** Options whose value is a file, or a folder, that is written to. */
const OUTPUT_OPTIONS: Readonly<Record<string, RegExp>> = {
  curl: /^-[a-zA-Z]*?[oDc]|^--(?:output|output-dir|dump-header|cookie-jar)(?:=|$)/,
  wget: /^-[a-zA-Z]*?[OPoa]|^--(?:output-document|directory-prefix|output-file|append-output)(?:=|$)/,
};
const WRITERS = new Set("rm mv cp tee touch mkdir rmdir chmod chown ln install dd truncate shred unlink rsync tar unzip".split(" "));
const SECRET_VARIABLE = /\$\{?\w*(?:SECRET|TOKEN|PASSW|API_?KEY|PRIVATE|CREDENTIAL)/i;
const MAX_DEPTH = 4;

/** Reads what a command line would do. In doubt it says that it's unclear. */
export function effectsOfCommand(line: string, folder: string | null): CallEffects {
  const reading = new EffectsReading(folder);
  reading.readLine(line, folder, 0);
  return reading.effects;
}

class EffectsReading {
  readonly effects = { ...NO_EFFECTS };

  constructor(private readonly folder: string | null) {}

  /** `from` is the folder that the line begins in. */
  readLine(line: string, from: string | null, depth: number): void {
    const { commands, isClear } = readShell(line);
    this.effects.unclear ||= !isClear || depth > MAX_DEPTH;
    if (depth > MAX_DEPTH) return;
    // Where each shell is after `cd`. One within another begins where that is.
    const places = new Map<string, string | null>([["", from]]);
    for (const command of commands) {
      let shell = command.shells.join();
      while (!places.has(shell)) shell = shell.includes(",") ? shell.slice(0, shell.lastIndexOf(",")) : "";
      const place = places.get(shell) ?? null;
      const next = this.readCommand(command, place, depth);
      if (next !== undefined) places.set(command.shells.join(), next);
    }
  }

  /** Returns the folder that the command goes to, if it goes to one. */
  private readCommand(command: ShellCommand, place: string | null, depth: number): string | null | undefined {
    for (const target of command.writesTo) this.addWritten(target, place, true);
    for (const source of command.readsFrom) this.addPath(source.text, place);
    for (const { text } of command.words) this.addPath(text, place);
    this.effects.unclear ||= command.words.some(({ text }) => PROGRAM_SETTING.test(text));
    const started = startedBy(command.words);
    if (started === "unclear") this.effects.unclear = true;
    if (started === null || started === "unclear") return undefined;
    const { program, args, argWords } = started;
    const isUnseen = command.input === null && command.readsFrom.length === 0;
    const wiped = wipes(started, (path) => resolvedIn(place, path));
    this.add({
      wipes: wiped,
      destructive: wiped || isDestructive(started, command.input),
      network: usesNetwork(started),
      secrets: readsSecrets(started) || (/^(?:echo|printf|cat)$/.test(program) && argWords.some(showsSecret)),
      unclear: isUnclear(started) || (command.isPiped && takesSql(program)) || (isUnseen && readsTypedCommands(started)),
    });
    if (WRITERS.has(program) || (/^(?:sed|perl|gsed)$/.test(program) && args.some((arg) => /^-\w*i|^--in-p/.test(arg)))) {
      for (const word of argWords) if (!word.text.startsWith("-")) this.addWritten(word, place, program !== "mkdir");
    }
    const output = OUTPUT_OPTIONS[program];
    if (output) for (const word of valuesOf(started, output)) this.addWritten(word, place, true);
    if (program === "find") this.readFind(started, place, depth);
    if (program === "." || program === "source") {
      const script = argWords.find(({ text }) => !isOption(text));
      this.effects.unclear ||= !script || isFromElsewhere(script) || isOutside(resolvedIn(place, script.text), this.folder);
    }
    this.readCode(started, command, place, depth);
    return this.goTo(started, place);
  }

  /** `cd -` and the like lead somewhere that can't be told, as variables do. */
  private goTo({ program, operands }: Started, place: string | null): string | null | undefined {
    if (program === "popd") return "$OLDPWD";
    if (program !== "cd" && program !== "pushd") return undefined;
    const [target = "~"] = operands;
    const next = target === "-" ? "$OLDPWD" : resolvedIn(place, target);
    this.effects.outside_project ||= !/^[$`]/.test(next) && isOutside(next, this.folder);
    return next;
  }

  /** What programs do that get commands or code in their arguments or from a pipe. */
  private readCode(started: Started, { isPiped, input }: ShellCommand, place: string | null, depth: number): void {
    const code = codeOf(started);
    if (!code) {
      this.effects.unclear ||= isPiped && /^(?:ba|da|z|k)?sh$/.test(started.program);
      return;
    }
    // What xargs puts into code, or after it, only it knows.
    this.effects.unclear ||= started.args.length > started.argWords.length;
    const text = code.isInput ? input : code.words.map((word) => word.text).join(" ");
    if (text === null) this.effects.unclear = true;
    else if (code.language === "shell") this.readLine(text, place, depth + 1);
    else {
      const isRisky = RISKY_CODE.test(text) || (/awk$/.test(started.program) && AWK_OUTPUT.test(text));
      this.effects.unclear ||= isRisky || /^(?:pwsh|powershell)$/.test(started.program) || code.words.some(isReplaced);
    }
  }

  /** The commands that `find` starts, each up to `;` or `+`. */
  private readFind({ argWords }: Started, place: string | null, depth: number): void {
    this.effects.unclear ||= depth >= MAX_DEPTH;
    for (const [at, { text }] of argWords.entries()) {
      if (/^-f(?:printf?|print0|ls)$/.test(text)) for (const file of argWords.slice(at + 1, at + 2)) this.addWritten(file, place, true);
      if (depth >= MAX_DEPTH || !/^-(?:exec|execdir|ok|okdir)$/.test(text)) continue;
      const words = argWords.slice(at + 1);
      const end = words.findIndex((word) => word.text === ";" || word.text === "+");
      const own = { writesTo: [], readsFrom: [], input: null, isPiped: false, shells: [] };
      this.readCommand({ words: end === -1 ? words : words.slice(0, end), ...own }, place, depth + 1);
    }
  }

  private add(others: Partial<CallEffects>): void {
    for (const name of Object.keys(others) as (keyof CallEffects)[]) this.effects[name] ||= others[name] ?? false;
  }

  private addPath(text: string, place: string | null): void {
    for (const path of new Set([text, text.replace(/^[\w-]*[=:@]/, "")])) {
      const whole = resolvedIn(place, path);
      this.add({ secrets: holdsSecrets(whole), agent_settings: isAgentSettings(whole) });
    }
  }

  private addWritten({ text }: ShellWord, place: string | null, changesFolders: boolean): void {
    const path = resolvedIn(place, text.replace(/^of=/, ""));
    this.addPath(text, place);
    this.add({
      wipes: isDisk(path),
      destructive: isDisk(path),
      outside_project: isOutside(path, this.folder),
      agent_settings: changesFolders && hasAgentSettings(path),
    });
  }
}

function showsSecret({ text, expands }: ShellWord): boolean {
  return expands && SECRET_VARIABLE.test(text);
}

/** Code that the shell replaces whole can't be read. */
function isReplaced({ text, expands }: ShellWord): boolean {
  return expands && /^[$`]/.test(text);
}
