const MIN_DIGITS = 6;

/** The ids that begin with what was typed; null when it does not look like the beginning of one. */
export function uuidRange(text: string): { first: string; last: string } | null {
  if (!/^[0-9a-f-]+$/i.test(text)) return null;
  const digits = text.replaceAll("-", "").toLowerCase();
  if (digits.length < MIN_DIGITS || digits.length > 32 || !/\d/.test(digits)) return null;
  return { first: withDashes(digits.padEnd(32, "0")), last: withDashes(digits.padEnd(32, "f")) };
}

function withDashes(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
