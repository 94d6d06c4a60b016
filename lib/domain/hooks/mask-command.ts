import { codeOf } from "./code-arguments";
import { MASK, maskText } from "./mask-secrets";
import { readShell } from "./read-shell";
import { isSecret } from "./secret-names";
import type { ShellWord } from "./shell-words";
import { type Started, startedBy } from "./started-program";

/** Options of well-known programs, or of their subcommands, whose value is a secret: `curl -u ada:secret`. */
const OPTION_SECRETS: ReadonlyMap<string, RegExp> = new Map([
  ["curl", /^(?:-u|--user|-U|--proxy-user|--oauth2-bearer|-b|--cookie|--pass|--proxy-pass)$/],
  ["wget", /^--(?:http-|ftp-|proxy-)?password$/],
  ["docker login", /^(?:-p|--password)$/],
  ["podman login", /^(?:-p|--password)$/],
  ["helm", /^--password$/],
  ["sshpass", /^-p$/],
  ["mysql", /^--password$/],
  ["redis-cli", /^-a$/],
  ["http", /^(?:-a|--auth)$/],
  ["https", /^(?:-a|--auth)$/],
  ["openssl", /^-(?:passin|passout|pass|k|K)$/],
  ["az login", /^(?:-p|--password)$/],
  ["twine upload", /^(?:-p|--password)$/],
]);
/** Options with the secret in the same word: `mysql -pSecret`. */
const JOINED_SECRETS: ReadonlyMap<string, RegExp> = new Map([
  ["mysql", /^-p(?=.)/],
  ["mysqldump", /^-p(?=.)/],
  ["mariadb", /^-p(?=.)/],
  ["sshpass", /^-p(?=.)/],
  ["curl", /^(?:-u|--user=|--oauth2-bearer=)(?=.)/],
  ["wget", /^--(?:http-|ftp-|proxy-)?password=/],
]);
const NAMED = /^([\w.-]+)=/;
const COOKIE = /^(["'])(?:set-)?cookie\s*:\s*/i;
const MAX_DEPTH = 4;

/** A part of a command line, and what is stored of it. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A command line without its secrets. What it does stays visible: only literal values are masked, never what the shell would run. */
export function maskCommand(command: string, depth = 0): string {
  const parts = readShell(command).commands.flatMap(({ words }) => partsOf(command, words, depth));
  let masked = "";
  let from = 0;
  for (const { start, end, text } of parts.sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (start < from) continue;
    masked += maskText(command.slice(from, start)) + text;
    from = end;
  }
  return masked + maskText(command.slice(from));
}

/** The program's name, which no mask reaches into, its secrets, and the code that it runs. */
function partsOf(command: string, words: readonly ShellWord[], depth: number): Part[] {
  const found = startedBy(words);
  const started = found === "unclear" ? null : found;
  const parts = words.flatMap((word, place) => secretIn(command, word, { started, before: words[place - 1]?.text ?? "" }));
  if (!started) return parts;
  const { start, end } = started.word;
  const code = depth < MAX_DEPTH ? codeOf(started) : null;
  const isCode = (word: ShellWord) => code?.language === "shell" && code.words.includes(word);
  const coded = started.argWords.filter(isCode).flatMap((word) => codeIn(command, word, { words, depth }));
  return [{ start, end, text: maskText(command.slice(start, end)) }, ...coded, ...parts];
}

/** The secret in a word that the shell replaces nothing in. */
function secretIn(command: string, word: ShellWord, { started, before }: { started: Started | null; before: string }): Part[] {
  if (word.expands) return [];
  const { start, end, text } = word;
  const { program = "", operands = [] } = started ?? {};
  const raw = command.slice(start, end);
  const [assigned = "", name = ""] = NAMED.exec(raw) ?? [];
  const joined = JOINED_SECRETS.get(program)?.exec(raw)?.[0] ?? (isSecret(name, text.slice(assigned.length)) ? assigned : "");
  if (joined !== "") return joined.length < raw.length ? [{ start: start + joined.length, end, text: MASK }] : [];
  const [cookie, quote] = COOKIE.exec(raw) ?? [];
  if (cookie !== undefined && raw.indexOf(quote ?? "", 1) === raw.length - 1) {
    return [{ start: start + cookie.length, end: end - 1, text: MASK }];
  }
  const isOwn = started !== null && start > started.word.start;
  const isValue =
    (isOwn && OPTION_SECRETS.get(program)?.test(before)) ||
    (isOwn && OPTION_SECRETS.get(`${program} ${operands[0]}`)?.test(before)) ||
    (/^--?\w[\w-]*$/.test(before) && isSecret(before, text) && !text.startsWith("-"));
  return isValue && text !== "" ? [{ start, end, text: MASK }] : [];
}

/** Code in a word, without its secrets and in the quotes that it has, or in ones that mean the same. */
function codeIn(command: string, { text, start, end, expands }: ShellWord, line: { words: readonly ShellWord[]; depth: number }): Part[] {
  const raw = command.slice(start, end);
  // Of a word with braces there are several, each with a part of the code.
  if (line.words.filter((word) => word.start === start).length > 1) return [{ start, end, text: raw }];
  const masked = maskCommand(text, line.depth + 1);
  const isQuoted = /^(["'])[^]*\1$/.test(raw) && raw.slice(1, -1) === text;
  if (masked === text) return [{ start, end, text: raw }];
  if (isQuoted) return [{ start, end, text: raw.charAt(0) + masked + raw.charAt(0) }];
  if (raw === text) return [{ start, end, text: masked }];
  return expands ? [] : [{ start, end, text: `'${masked.replaceAll("'", "'\\''")}'` }];
}
