/** One finished call: when it began and ended (any clock that only goes up), what was asked and what came back. */
export interface Call<C> {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly command: C;
  readonly answer: string;
}

/** A sequential specification: the response to a command in a state, and the state after it. States are compared as JSON. */
export type Specification<S, C> = (state: S, command: C) => readonly [answer: string, next: S];

/**
 * Whether some order of the calls, in which none comes before one that had ended when it began, gives every call the
 * answer it got (Herlihy and Wing 1990; the search is Wing and Gong's, with Lowe's memory of what was tried).
 */
export function isLinearizable<S, C>(initial: S, calls: readonly Call<C>[], specify: Specification<S, C>): boolean {
  const failed = new Set<string>();

  function canFinish(state: S, rest: readonly Call<C>[]): boolean {
    if (rest.length === 0) return true;
    const key = `${rest.map((call) => calls.indexOf(call)).join()} ${JSON.stringify(state)}`;
    if (failed.has(key)) return false;
    const firstEnd = Math.min(...rest.map((call) => call.endedAt));
    for (const call of rest) {
      if (call.startedAt > firstEnd) continue;
      const [answer, next] = specify(state, call.command);
      if (
        answer === call.answer &&
        canFinish(
          next,
          rest.filter((other) => other !== call),
        )
      )
        return true;
    }
    failed.add(key);
    return false;
  }

  return canFinish(initial, calls);
}
