import type { ErrorCode } from "@/lib/domain/refusals/error-codes";
import type { Refusal } from "@/lib/domain/refusals/refusal";

/** A command that cannot be done. The message is one sentence for the person at the terminal. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** The outcome of a command that was not refused. Throws the refusal's sentence. */
export function requireOk<T extends { ok: true }>(outcome: T | Refusal): T {
  if (!outcome.ok) throw new CommandError(outcome.detail + planAdvice(outcome));
  return outcome;
}

const PLAN_LIMITS: readonly ErrorCode[] = ["workspace_limit", "action_limit"];

/** A shell without the console's settings has the default plan, which may not be the console's. */
function planAdvice({ code }: Refusal): string {
  if (!PLAN_LIMITS.includes(code) || process.env.DAAI_PLAN) return "";
  return " DAAI_PLAN isn't set here, so this command used the plan free. If the console has another one, set it here too, or use limits set.";
}

export function requireFound<T>(found: T | null, what: string): T {
  if (found === null) throw new CommandError(`No ${what}.`);
  return found;
}
