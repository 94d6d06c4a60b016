import { openedElsewhere } from "./opened-elsewhere";

/**
 * Why nothing came of what was sent, as far as the page can tell. Only when nothing answered at all could the console not be reached;
 * `outcome` is what that leaves open, and what to do.
 */
export function failureMessage(error: unknown, outcome = "Try again."): string {
  const elsewhere = openedElsewhere();
  if (elsewhere) return `${elsewhere.words} Nothing was changed.`;
  // What fetch throws when there is no answer.
  return error instanceof TypeError ? `The console couldn’t be reached. ${outcome}` : `The console didn’t respond as expected. ${outcome}`;
}

export const MAYBE_SAVED = "Your changes may not have been saved. Check before you try again.";
