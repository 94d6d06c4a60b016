import type { Refusal } from "@/lib/domain/refusals/refusal";

/** A command that cannot be done. The message is one sentence for the person at the terminal. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** The outcome of a command that was not refused. Throws the refusal's sentence. */
export function requireOk<T extends { ok: true }>(outcome: T | Refusal): T {
  if (!outcome.ok) throw new CommandError(outcome.detail);
  return outcome;
}

export function requireFound<T>(found: T | null, what: string): T {
  if (found === null) throw new CommandError(`No ${what}.`);
  return found;
}
