const MAX_WORDS = 8;
const MIN_ID = 8;
const ID_LENGTH = 32;

/** Splits a search into words, all of which must match. "…" separates the halves of a shortened id. */
export function searchWords(text: string): string[] {
  return text
    .split(/[\s…]+/u)
    .filter((word) => word !== "")
    .slice(0, MAX_WORDS);
}

/** Escapes a word for LIKE. */
export function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

/** Returns the range of ids with the text's first word as prefix. Null when it isn't a prefix of an id, or is too short. */
export function idRange(text: string): { from: string; to: string } | null {
  const word = searchWords(text)[0]?.toLowerCase() ?? "";
  const digits = word.replaceAll("-", "");
  const isBeginning =
    digits.length >= MIN_ID && digits.length <= ID_LENGTH && uuidOf(digits.padEnd(ID_LENGTH, "0")).startsWith(word.replace(/-$/, ""));
  if (!isBeginning || !/^[0-9a-f]+$/.test(digits)) return null;
  return { from: uuidOf(digits.padEnd(ID_LENGTH, "0")), to: uuidOf(digits.padEnd(ID_LENGTH, "f")) };
}

/** Bounds for the ids of runs made at a time, allowing for `slackMs` between clocks. UUIDv7 begins with milliseconds. */
export function idsFrom(time: Date, slackMs: number): string {
  return uuidOf(milliseconds(time.getTime() - slackMs).padEnd(ID_LENGTH, "0"));
}

export function idsUntil(time: Date, slackMs: number): string {
  return uuidOf(milliseconds(time.getTime() + slackMs).padEnd(ID_LENGTH, "f"));
}

function milliseconds(ms: number): string {
  return Math.min(Math.max(ms, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, "0");
}

function uuidOf(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
