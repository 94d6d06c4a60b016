import { openedElsewhere } from "./opened-elsewhere";

/**
 * Explains why a request failed, as far as the page knows. Only without any response could the console not be reached;
 * `outcome` says what is uncertain then, and what to do.
 */
export function failureMessage(error: unknown, outcome = "Try again."): string {
  const elsewhere = openedElsewhere();
  if (elsewhere) return `${elsewhere.words} Nothing was changed.`;
  // fetch throws this when there is no response.
  return error instanceof TypeError ? `The console couldn’t be reached. ${outcome}` : `The console didn’t respond as expected. ${outcome}`;
}

export const MAYBE_SAVED = "Your changes may not have been saved. Check before you try again.";
