import { isStorableText } from "./storable-text";

const MOST_CHARACTERS = 200;

/** The words of a search as they stand in an address. What nothing could hold is as if it were not there. */
export function readSearchWords(text: string | readonly string[] | undefined): string {
  return typeof text === "string" && isStorableText(text) ? text.trim().slice(0, MOST_CHARACTERS) : "";
}
