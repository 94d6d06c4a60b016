import type { JsonValue } from "@/lib/domain/json-value";
import { readShell } from "./shell-words";

const MASK = "[masked]";

/** Names of fields, variables and options whose values are secrets. */
const SECRET_NAME = String.raw`(?:[\w.-]*(?:passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credential|auth[_-]?key|signing[_-]?key|encryption[_-]?key|client[_-]?secret|dsn|_auth)[\w.-]*)`;
/** Words with such a name that aren't secrets. */
const HARMLESS_NAME =
  /(?:token(?:izer|s|_?(?:type|count|limit|url|file|path|endpoint))|max_?tokens?|pwd_?dir|oldpwd|_(?:file|path|url|name|id|type|dir)|^pwd)$/i;

/**
 * Secrets with a shape of their own. What each matches has no character that a shell acts on, so a mask never hides code.
 */
const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.-]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{22,})/g,
  /\bgl(?:pat|ptt|rt|dt|cbt|ft|soat)-[A-Za-z0-9_.-]{16,}/g,
  /\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/g,
  /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]+/g,
  /https:\/\/(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[A-Za-z0-9_-]+/g,
  /\beyJ[A-Za-z0-9_-]{8,600}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\bsk-(?:ant-|proj-|svcacct-|or-v1-)?[A-Za-z0-9_-]{20,}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bwhsec_[A-Za-z0-9+/=]{16,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bya29\.[A-Za-z0-9_.-]{20,}/g,
  /\bGOCSPX-[A-Za-z0-9_-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-[A-Za-z0-9_-]{40,}/g,
  /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\bSK[a-f0-9]{32}\b/g,
  /\b(?:hvs|hvb|hvr)\.[A-Za-z0-9_-]{20,}/g,
  /\bdop_v1_[a-f0-9]{40,}/g,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
  /\bATATT[A-Za-z0-9_=-]{30,}/g,
  /\blin_api_[A-Za-z0-9]{30,}/g,
  /\bdaai_(?:sk|wk)_[A-Za-z0-9]{16,}/g,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/g,
  /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{30,}/g,
];

const SAFE = String.raw`[^\s'"\x60$;|&<>()\\{}]`;

/** What stands before a secret, and the secret, which has no character that a shell acts on either. */
const AFTER: readonly RegExp[] = [
  new RegExp(
    String.raw`(\b(?:authorization|proxy-authorization|x-api-key|api-key|x-auth-token|private-token|x-vault-token|x-daai-workspace-key|cookie|set-cookie)["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token|digest|negotiate)\s+)?)(${SAFE}{3,})`,
    "gi",
  ),
  new RegExp(String.raw`(\bbearer\s+)([A-Za-z0-9._~+/=-]{8,})`, "gi"),
  new RegExp(String.raw`(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/?#'"@\x60$;|&<>()]*:)([^\s/'"\x60$;|&<>()]+)(?=@)`, "gi"),
  new RegExp(
    String.raw`([?&](?:[\w-]*(?:token|key|secret|password|passwd|signature|sig|auth|code|credential))=)([^\s&#'"\x60$;|<>()]{3,})`,
    "gi",
  ),
  new RegExp(String.raw`((?<![\w.-])${SECRET_NAME}["']?\s*[:=]\s*["']?)(${SAFE}{2,})`, "gi"),
  new RegExp(String.raw`((?<![\w.-])--?${SECRET_NAME}[= ]["']?)((?!-)${SAFE}{2,})`, "gi"),
];

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
const ASSIGNMENT = new RegExp(String.raw`^(?:--?)?${SECRET_NAME}=`, "i");

/** A command line without its secrets. What it does stays visible: only literal values are masked, never what the shell would run. */
export function maskCommand(command: string): string {
  let masked = command;
  // From the back, so that earlier places stay right.
  for (const { start, end } of secretSpans(command).sort((one, other) => other.start - one.start)) {
    masked = masked.slice(0, start) + MASK + masked.slice(end);
  }
  return maskText(masked);
}

/** A text without its secrets. */
export function maskText(text: string): string {
  let masked = text;
  for (const shape of SHAPES) masked = masked.replace(shape, MASK);
  for (const place of AFTER) {
    masked = masked.replace(place, (whole: string, before: string, secret: string) =>
      secret === MASK || HARMLESS_NAME.test(nameIn(before)) ? whole : before + MASK,
    );
  }
  return masked;
}

/** A value without the secrets in its texts, its members' names included. */
export function maskJson(value: JsonValue): JsonValue {
  if (typeof value === "string") return maskText(value);
  if (Array.isArray(value)) return value.map(maskJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [maskText(name), maskMember(name, member)]));
}

function maskMember(name: string, member: JsonValue): JsonValue {
  const isSecret = typeof member === "string" && new RegExp(`^${SECRET_NAME}$`, "i").test(name) && !HARMLESS_NAME.test(name);
  return isSecret && member !== "" ? MASK : maskJson(member);
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
  return found && !HARMLESS_NAME.test(nameIn(found)) ? found : undefined;
}

/** The program behind variables and `sudo`, alone and with its subcommand. */
function programOf(words: readonly string[]): { program: string; withCommand: string } {
  const at = words.findIndex((word) => !/^(?:\w+=|sudo$|env$|command$|exec$|-)/.test(word));
  const program = words[at]?.split("/").at(-1) ?? "";
  return { program, withCommand: `${program} ${words[at + 1] ?? ""}` };
}

function nameIn(before: string): string {
  return /([\w.-]+)["']?\s*[:= ]["'\s]*$/.exec(before)?.[1]?.replace(/^-+/, "") ?? "";
}
