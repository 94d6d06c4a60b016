/** A lower-case letter, then 1 to 63 lower-case letters, digits or underscores. Unique in its workspace. */
export const ACTION_NAME_PATTERN = /^[a-z][a-z0-9_]{1,63}$/;

export const ACTION_NAME_MAX_LENGTH = 64;

export function isActionName(text: string): boolean {
  return ACTION_NAME_PATTERN.test(text);
}
