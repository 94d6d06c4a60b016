import { z } from "zod";
import { visibleText } from "./hidden-characters";

/**
 * A name that a person gives to something or to themselves, as others read it in pages and mails: on one line, and no character
 * of it hidden, or it could pass for a line of the console's or for another name. The database holds to the same
 * (`daai_shows_whole`).
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
