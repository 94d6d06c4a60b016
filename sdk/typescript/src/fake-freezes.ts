// The freezes of a console in memory: while one lasts, nothing new runs, and deadlines stand still.

/** Who freezes, and why. */
export interface FreezeOptions {
  /** Only this action; all if not given. */
  readonly action?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

export interface KeptFreeze {
  readonly action: string | null;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  thawedAt: string | null;
}

/** Since when time has stood still for an action; null: it isn't frozen. Where freezes overlap, each thaw has given back the time until then. */
export function frozenSince(freezes: readonly KeptFreeze[], action: string): string | null {
  const covering = freezes.filter((freeze) => covers(freeze, action));
  const since = covering.find(({ thawedAt }) => thawedAt === null)?.at ?? null;
  const thaws = covering.flatMap(({ thawedAt }) => thawedAt ?? []).filter((thawedAt) => since !== null && thawedAt > since);
  return since && [since, ...thaws].reduce((latest, time) => (time > latest ? time : latest));
}

export function covers(freeze: KeptFreeze, action: string): boolean {
  return freeze.action === null || freeze.action === action;
}
