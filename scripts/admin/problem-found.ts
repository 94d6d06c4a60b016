/** The command printed its result, and the result is that something is wrong: nothing more to say, but a non-zero exit. */
export class ProblemFound extends Error {
  override readonly name = "ProblemFound";
}
