import type { JsonValue } from "@/lib/domain/json-value";
import { SECRET_SHAPES } from "./secret-shapes";
import { readShell } from "./shell-words";

const MASK = "[masked]";

/** What the names of fields, variables and options have in them whose values are secrets. */
const SECRET_NAME =
  /passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|private|auth|signing|encryption|management|workspace|account)[_-]?key|credential|dsn|_auth|(?:^|[._-])(?:authorization|cookie)$/i;
/** Names of parameters of URLs whose values are secrets there. */
const SECRET_PARAMETER = /(?:token|key|secret|password|passwd|signature|sig|auth|code|credential)$/i;
/** Words with such a name that aren't secrets. */
const HARMLESS_NAME =
  /token(?:izer|s|_?(?:type|count|limit|url|file|path|endpoint))$|max_?tokens?$|pwd_?dir$|oldpwd$|_(?:file|path|url|name|id|type|dir)$|^-*pwd$/i;

/** What a secret in a text is made of: nothing that a shell acts on, so a mask never hides code. */
const SAFE = String.raw`[^\s'"\x60$;|&<>()\\{}]`;
const URL_PASSWORD = new RegExp(
  String.raw`(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/?#'"@\x60$;|&<>()\\{}]{0,200}:)[^\s/'"\x60$;|&<>()\\{}]{1,2000}(?=@)`,
  "gi",
);
const NAME = /[\w.-]+/g;
/** How much of a long name is looked at. */
const NAME_END = 100;
/** What stands between a name and its value. An empty variable has no value: in `TOKEN= reboot`, that is a program. */
const SEPARATOR = String.raw`(?:["']?(?:[ \t]{0,16}:[ \t]{0,16}|[ \t]{1,16}=[ \t]{0,16}|=)["']?)`;
const SCHEME = String.raw`(?:(?:bearer|basic|token|digest|negotiate)[ \t]{1,16})?`;
const VALUE = new RegExp(`(${SEPARATOR}${SCHEME})(${SAFE}{2,})`, "iy");
const OPTION_VALUE = new RegExp(`([ ]["']?)((?!-)${SAFE}{2,})`, "y");

/** Options of well-known programs, or of their subcommands, whose value is a secret: `curl -u ada:secret`. */
const OPTION_SECRETS: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-u|--user|-U|--proxy-user|--oauth2-bearer|-b|--cookie|--pass|--proxy-pass)$/,
  wget: /^--(?:http-|ftp-|proxy-)?password$/,
  "docker login": /^(?:-p|--password)$/,
  "podman login": /^(?:-p|--password)$/,
  helm: /^--password$/,
  sshpass: /^-p$/,
  mysql: /^--password$/,
  "redis-cli": /^-a$/,
  http: /^(?:-a|--auth)$/,
  https: /^(?:-a|--auth)$/,
  openssl: /^-(?:passin|passout|pass|k|K)$/,
  "az login": /^(?:-p|--password)$/,
  "twine upload": /^(?:-p|--password)$/,
};
/** Options with the secret in the same word: `mysql -pSecret`. */
const JOINED_SECRETS: Readonly<Record<string, RegExp>> = {
  mysql: /^-p(?=.)/,
  mysqldump: /^-p(?=.)/,
  mariadb: /^-p(?=.)/,
  sshpass: /^-p(?=.)/,
  curl: /^(?:-u|--user=|--oauth2-bearer=)(?=.)/,
  wget: /^--(?:http-|ftp-|proxy-)?password=/,
};
const ASSIGNMENT = /^[\w.-]+=/;

/** A command line without its secrets. What it does stays visible: only literal values are masked, never what the shell would run. */
export function maskCommand(command: string): string {
  let masked = command;
  // From the back, so that earlier places stay right.
  for (const { start, end } of secretSpans(command).sort((one, other) => other.start - one.start)) {
    masked = masked.slice(0, start) + MASK + masked.slice(end);
  }
  return maskText(masked);
}

/** A text without its secrets. Reads it once, however it's made: what the shapes and names allow is bounded. */
export function maskText(text: string): string {
  let masked = text;
  for (const shape of SECRET_SHAPES) masked = masked.replace(shape, MASK);
  return maskNamed(masked.replace(URL_PASSWORD, MASK));
}

/** A text without the values that follow the names of secrets. */
function maskNamed(text: string): string {
  let masked = "";
  let from = 0;
  NAME.lastIndex = 0;
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    const [name] = found;
    if (!isSecretName(name) && !(/[?&]/.test(text.charAt(found.index - 1)) && SECRET_PARAMETER.test(name.slice(-NAME_END)))) continue;
    const value = matchAt(VALUE, text, NAME.lastIndex) ?? (name.startsWith("-") ? matchAt(OPTION_VALUE, text, NAME.lastIndex) : null);
    if (!value) continue;
    masked += text.slice(from, NAME.lastIndex) + value[1] + MASK;
    from = NAME.lastIndex + value[0].length;
    NAME.lastIndex = from;
  }
  return masked + text.slice(from);
}

function isSecretName(name: string): boolean {
  const end = name.slice(-NAME_END);
  return SECRET_NAME.test(end) && !HARMLESS_NAME.test(end);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A value without the secrets in its texts, its members' names included. */
export function maskJson(value: JsonValue, mask: (text: string) => string = maskText): JsonValue {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, mask));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [mask(name), maskMember(name, member, mask)]));
}

function maskMember(name: string, member: JsonValue, mask: (text: string) => string): JsonValue {
  const isSecret = typeof member === "string" && isSecretName(name);
  return isSecret && member !== "" ? MASK : maskJson(member, mask);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where whole words, or the values in them, are secrets. Only of words that the shell doesn't replace anything in. */
function secretSpans(command: string): Span[] {
  const spans: Span[] = [];
  const reading = readShell(command);
  for (const { words } of reading.commands) {
    const { program, withCommand } = programOf(words.map(({ text }) => text));
    for (const [place, word] of words.entries()) {
      if (word.expands) continue;
      const raw = command.slice(word.start, word.end);
      const before = words[place - 1]?.text ?? "";
      const joined = JOINED_SECRETS[program]?.exec(raw)?.[0] ?? assignmentIn(raw);
      const isValue = OPTION_SECRETS[program]?.test(before) || OPTION_SECRETS[withCommand]?.test(before);
      if (joined && joined.length < raw.length) spans.push({ start: word.start + joined.length, end: word.end });
      else if (isValue) spans.push(word);
    }
  }
  return spans;
}

function assignmentIn(raw: string): string | undefined {
  const found = ASSIGNMENT.exec(raw)?.[0];
  return found && isSecretName(found.slice(0, -1)) ? found : undefined;
}

/** The program behind variables and `sudo`, alone and with its subcommand. */
function programOf(words: readonly string[]): { program: string; withCommand: string } {
  const at = words.findIndex((word) => !/^(?:\w+=|sudo$|env$|command$|exec$|-)/.test(word));
  const program = words[at]?.split("/").at(-1) ?? "";
  return { program, withCommand: `${program} ${words[at + 1] ?? ""}` };
}
