import { z } from "zod";
import { visibleText } from "./hidden-characters";

/**
 * A name that people choose for something or themselves, shown to others on pages and in emails. It must be one line without hidden
 * characters, or it could pass for the console's own text or another name. The database enforces the same (`daai_shows_whole`).
 */
export function displayNameSchema(maxLength = 100) {
  return z
    .string()
    .trim()
    .min(1, { error: "must not be empty" })
    .max(maxLength, { error: `must have at most ${maxLength} characters` })
    .refine((name) => !/[\r\n\t]/.test(name) && showsWhole(name), {
      error: "must be one line without hidden characters",
    });
}

/** Whether no character of a text is hidden. Line breaks and tabs are none. */
export function showsWhole(text: string): boolean {
  return visibleText(text) === text;
}
