/** Two letters at most: of the first and the last word, or of an address's part before the @. */
export function initials(name: string): string {
  const words = (name.split("@")[0] ?? "").split(/[\s._-]+/u).filter((word) => word !== "");
  const first = letter(words[0]);
  const last = words.length > 1 ? letter(words.at(-1)) : "";
  return `${first}${last}`.toLocaleUpperCase("en");
}

function letter(word: string | undefined): string {
  return word === undefined ? "" : ([...word][0] ?? "");
}
