/**
 * Whether mail stays in the console's own mailbox, where the operator reads it. In this release it always does, also where a
 * provider's settings are there already: the mailbox is the one provider that the worker has.
 */
export function isMailKept(): boolean {
  return true;
}
