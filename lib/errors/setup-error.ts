/** A start that can't continue. The message tells the person at the terminal what is wrong and what to do, without a stack. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
