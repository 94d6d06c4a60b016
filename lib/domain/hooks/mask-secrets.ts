import type { JsonValue } from "@/lib/domain/json-value";
import { isSecret, isSecretParameter } from "./secret-names";
import { SECRET_SHAPES } from "./secret-shapes";

export const MASK = "[masked]";

/** What a secret in a text is made of: nothing that a shell acts on, so a mask never hides code. */
const SAFE = String.raw`[^\s'"\x60$;|&<>()\\{}]`;
const URL_PASSWORD = new RegExp(
  String.raw`(?<=\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/?#'"@\x60$;|&<>()\\{}]{0,200}:)[^\s/'"\x60$;|&<>()\\{}]{1,2000}(?=@)`,
  "gi",
);
const NAME = /[\w.-]+/g;
/** What stands between a name and its value. An empty variable has no value: in `TOKEN= reboot`, that is a program. */
const SEPARATORS = [
  String.raw`["']?[ \t]{0,16}:[ \t]{0,16}["']?(?:(?:bearer|basic|token|digest|negotiate)[ \t]{1,16})?`,
  String.raw`["']?[ \t]{1,16}=[ \t]{0,16}["']?`,
  String.raw`["']?=["']?`,
];
const VALUE = new RegExp(`(${SEPARATORS.join("|")})(${SAFE}{2,})`, "iy");
const OPTION_VALUE = new RegExp(`([ ]["']?)((?!-)${SAFE}{2,})`, "y");

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
    const isParameter = /[?&]/.test(text.charAt(found.index - 1)) && isSecretParameter(name);
    // Most words are no names, so values are looked for only behind those that may be.
    if (!isParameter && !isSecret(name, "")) continue;
    const value = matchAt(VALUE, text, NAME.lastIndex) ?? (name.startsWith("-") ? matchAt(OPTION_VALUE, text, NAME.lastIndex) : null);
    const [whole, separator, secret] = value ?? [];
    if (whole === undefined || secret === undefined || !(isParameter || isSecret(name, secret))) continue;
    masked += text.slice(from, NAME.lastIndex) + separator + MASK;
    from = NAME.lastIndex + whole.length;
    NAME.lastIndex = from;
  }
  return masked + text.slice(from);
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

/** Lists and objects with the name of a secret are masked whole. What is empty, true or false isn't one. */
function maskMember(name: string, member: JsonValue, mask: (text: string) => string): JsonValue {
  const isEmpty = member === null || member === "" || (typeof member === "object" && Object.keys(member).length === 0);
  const text = typeof member === "object" ? "" : String(member);
  return !isEmpty && typeof member !== "boolean" && isSecret(name, text) ? MASK : maskJson(member, mask);
}
