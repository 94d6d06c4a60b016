import { isDiskFull } from "./database-errors";

export interface ErrorSummary {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly frames?: readonly string[];
  readonly cause?: ErrorSummary;
}

// Errors that our own code or the language words. Messages of Prisma, PostgreSQL and JSON.parse quote the values they stumbled
// over, so they stay out of the logs: name, code and stack frames have to do.
const SPEAKABLE = new Set(["Error", "TypeError", "RangeError", "ReferenceError", "AssertionError", "SetupError"]);

/** What may be logged of an error: never a payload, a secret or a query's parameters. */
export function summarizeError(error: unknown, depth = 0): ErrorSummary {
  if (!(error instanceof Error)) return { name: typeof error };
  const name = error.constructor.name;
  const { code } = error as { code?: unknown };
  return {
    name,
    ...(typeof code === "string" && { code }),
    ...(SPEAKABLE.has(name) && code === undefined && { message: error.message }),
    ...(depth === 0 && isDiskFull(error) && { message: "No space left on the database's disk." }),
    frames: framesOf(error),
    ...(error.cause !== undefined && depth < 3 && { cause: summarizeError(error.cause, depth + 1) }),
  };
}

/** The stack without its head, which repeats the message. */
function framesOf(error: Error): string[] {
  const lines = error.stack?.split("\n") ?? [];
  return lines.filter((line) => /^ {4}at /.test(line)).map((line) => line.trim().slice(3));
}
