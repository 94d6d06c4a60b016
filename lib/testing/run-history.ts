import type { Refusal } from "@/lib/domain/refusals/refusal";
import { isConnectionError } from "@/lib/errors/database-errors";
import type { Call } from "./is-linearizable";
import type { RunCommand, Token } from "./run-model";

/** The token a worker presents: of its own last claim, of anyone's last, of the first, a made-up one, or none. */
export type TokenChoice = "own" | "last" | "first" | "wrong" | "none";

type WithoutId<T> = T extends unknown ? Omit<T, "id" | "token"> : never;
/** A command that is still to be given its place in a history. */
export type PlannedCommand = WithoutId<RunCommand> & { readonly shows?: TokenChoice };

/** Carries one command out and says in one word what came of it; a claim says its token. */
export type CarryOut = (command: RunCommand, tokens: ReadonlyMap<Token, string>) => Promise<{ answer: string; token?: string }>;

/**
 * Several people and programs at once, each doing one thing after the other. Null when a call's outcome stayed unknown,
 * because the machine was too busy: such a history says nothing.
 */
export async function runHistory(actors: readonly (readonly PlannedCommand[])[], carryOut: CarryOut): Promise<Call<RunCommand>[] | null> {
  const calls: Call<RunCommand>[] = [];
  const tokens = new Map<Token, string>([["wrong", "made up"]]);
  let isUnknown = false;
  let clock = 0;
  let ids = 0;

  async function act(plan: readonly PlannedCommand[]): Promise<void> {
    let own: Token = "wrong";
    for (const { shows, ...planned } of plan) {
      const claims = [...tokens.keys()].filter((token) => token !== "wrong");
      const choices: Record<TokenChoice, Token> = {
        own,
        last: claims.at(-1) ?? "wrong",
        first: claims[0] ?? "wrong",
        wrong: "wrong",
        none: null,
      };
      const command = { ...planned, id: ++ids, ...(shows && { token: choices[shows] }) } as RunCommand;
      const startedAt = ++clock;
      try {
        const { answer, token } = await carryOut(command, tokens);
        if (token !== undefined) tokens.set((own = command.id), token);
        calls.push({ startedAt, endedAt: ++clock, command, answer });
      } catch (error) {
        if (isConnectionError(error)) isUnknown = true;
        else calls.push({ startedAt, endedAt: ++clock, command, answer: `failed: ${String(error)}` });
        return;
      }
    }
  }

  await Promise.all(actors.map(act));
  return isUnknown ? null : calls;
}

export function answerOf(outcome: { ok: true } | Refusal): string {
  return outcome.ok ? "ok" : outcome.code;
}
