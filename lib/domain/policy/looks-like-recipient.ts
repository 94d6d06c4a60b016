/** The longest that a guess may be: people and addresses are short. */
const MAX_LENGTH = 200;

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const PHONE = /^\+\d[\d\s().-]{5,}$/;
const IBAN = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}$/;
const URL = /^[a-z][a-z0-9+.-]*:\/\/\S+$/i;

/** Words that describe a state, never a person. */
const STATE_WORDS = new Set([
  "true",
  "false",
  "yes",
  "no",
  "on",
  "off",
  "none",
  "null",
  "undefined",
  "unknown",
  "n/a",
  "tbd",
  "all",
  "any",
]);
/** "12.50", "EUR 12.50", "25%", "2026-11-28", "v1.2.3", "10:30". */
const VALUE = /^(?:[A-Z]{3}\s?)?[vV#±+-]?\d[\d.,:/ _-]*(?:[%°€$£]|[A-Z]{3}|T[\d:.]+Z?)?$/;

/** An address something can be sent to, whatever the field is called. */
function isAddress(text: string): boolean {
  return EMAIL.test(text) || PHONE.test(text) || IBAN.test(text) || URL.test(text);
}

/** Whether a text could name someone or something: it has letters, and is no value of another kind. */
function canBeName(text: string): boolean {
  return /\p{L}/u.test(text) && !VALUE.test(text) && !STATE_WORDS.has(text.toLowerCase());
}

/** Whether it is written like a name: every word with letters is capitalized, or its script has no capitals. */
function isWrittenAsName(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  return words.some((word) => /^[^\p{L}]*[\p{Lu}\p{Lo}]/u.test(word)) && !/[_{}[\]<>=]/.test(text);
}

/**
 * Whether a text reads as a person or an address, for a run whose action does not say where its recipient stands. A field such as
 * `recipient` or `supplier.name` says by its name that someone is meant; `to` may as well be a price, a date or a status, above all
 * beside a `from` that is none of someone's.
 */
export function looksLikeRecipient(text: string, { isNamedSo, from }: { isNamedSo: boolean; from: unknown }): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > MAX_LENGTH || /[\r\n]/.test(trimmed)) return false;
  if (isAddress(trimmed)) return true;
  if (!canBeName(trimmed)) return false;
  return isNamedSo || (from === undefined && isWrittenAsName(trimmed));
}
