/** What someone asked of a shared thing, and what it answered, with the moments in between which it must have happened. */
export interface Operation<Call, Answer> {
  readonly call: Call;
  readonly answer: Answer;
  readonly calledAt: number;
  readonly answeredAt: number;
}

/** A thing that does one call after the other. States are compared as JSON. */
export interface SequentialModel<State, Call, Answer> {
  readonly initial: State;
  readonly next: (state: State, call: Call) => { readonly state: State; readonly answer: Answer };
}

/**
 * Whether the answers could have come from the model, with every call done at one moment between its call and its answer: linearizability as
 * Herlihy and Wing define it, looked for as Wing and Gong do, with the states that led nowhere remembered as Lowe does.
 */
export function isLinearizable<State, Call, Answer>(
  model: SequentialModel<State, Call, Answer>,
  history: readonly Operation<Call, Answer>[],
): boolean {
  const deadEnds = new Set<string>();
  const goOn = (state: State, left: readonly number[]): boolean => {
    if (left.length === 0) return true;
    const key = JSON.stringify([state, left]);
    if (deadEnds.has(key)) return false;
    // Whoever was called after another one's answer comes after it.
    const firstAnswer = Math.min(...left.map((index) => history[index]?.answeredAt ?? 0));
    for (const index of left) {
      const operation = history[index];
      if (!operation || operation.calledAt > firstAnswer) continue;
      const { state: after, answer } = model.next(state, operation.call);
      if (JSON.stringify(answer) !== JSON.stringify(operation.answer)) continue;
      if (
        goOn(
          after,
          left.filter((other) => other !== index),
        )
      )
        return true;
    }
    deadEnds.add(key);
    return false;
  };
  return goOn(
    model.initial,
    history.map((_, index) => index),
  );
}
