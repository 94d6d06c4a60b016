import { isAtMostCharacters } from "@/lib/domain/text/character-count";

const PATH_MAX_LENGTH = 200;

/** Formats a position in a request: "payload.charges.0". Long ones are cut. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path.map(String).join(".");
  return isAtMostCharacters(text, PATH_MAX_LENGTH) ? text : `${[...text].slice(0, PATH_MAX_LENGTH).join("")}…`;
}
