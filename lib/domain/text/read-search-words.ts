import { isStorableText } from "./storable-text";

const MAX_CHARACTERS = 200;

/** Parses a search's words from a URL. Words that can't match anything are ignored. */
export function readSearchWords(text: string | readonly string[] | undefined): string {
  return typeof text === "string" && isStorableText(text) ? text.trim().slice(0, MAX_CHARACTERS) : "";
}
