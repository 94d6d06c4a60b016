const MOST_WORDS = 8;
const SHORTEST_ID = 8;
const ID_LENGTH = 32;

/** The words of a search, each of which a run must hold. "…" parts an id that was shortened in the middle. */
export function searchWords(text: string): string[] {
  return text
    .split(/[\s…]+/u)
    .filter((word) => word !== "")
    .slice(0, MOST_WORDS);
}

/** For LIKE: nothing in the word stands for anything but itself. */
export function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The ids that begin like the text's first word, or null: it is no beginning of an id, or too short to be meant as one. */
export function idRange(text: string): { from: string; to: string } | null {
  const word = searchWords(text)[0]?.toLowerCase() ?? "";
  const digits = word.replaceAll("-", "");
  const isBeginning =
    digits.length >= SHORTEST_ID && digits.length <= ID_LENGTH && uuidOf(digits.padEnd(ID_LENGTH, "0")).startsWith(word.replace(/-$/, ""));
  if (!isBeginning || !/^[0-9a-f]+$/.test(digits)) return null;
  return { from: uuidOf(digits.padEnd(ID_LENGTH, "0")), to: uuidOf(digits.padEnd(ID_LENGTH, "f")) };
}

/** Bounds for the ids of runs made at a time, as far as clocks agree to `slackMs`: version 7 begins with milliseconds. */
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
