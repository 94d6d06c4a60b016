import { DatabaseUnresponsiveError } from "@/lib/db/fail-fast-if-database-down";

export interface FairTurnsOptions {
  /** How many requests of one caller are always worked on at a time. */
  readonly always: number;
  /** How many times as many as the caller in the middle has. */
  readonly timesMiddle: number;
  /** How many of one caller may wait. */
  readonly maxWaiting: number;
  /** Called for each that has to. */
  readonly onWait: () => void;
}

interface Caller {
  inWork: number;
  readonly waiting: Waiting[];
  /** Turns that others' ends have made due. */
  due: number;
  /** When its last request ended. */
  endedAtMs: number;
}

interface Waiting {
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/** Who waits has its next turns after this long at the latest, if no request ends sooner. */
const PATIENCE_MS = 25;
/** A caller who sends one request after the other is between two of them for about this long, and not gone. */
const BETWEEN_REQUESTS_MS = 10;

const demandOf = ({ inWork, waiting }: Caller) => inWork + waiting.length;

/**
 * Keeps one caller from holding up the others: while several have requests here, those of a caller who has many more than the one in the
 * middle wait before the database and most of the processor's time are used for them. A caller alone never waits, nor do callers who have
 * about as many.
 *
 * Who waits goes at the others' pace: as many requests as it may have in work start for each one that the others end on average. Else it would
 * have one small batch after the other while they wait for theirs.
 *
 * Resolves to null when too many of the caller's requests wait already. When the database stops responding, all that wait fail with the first
 * that was told: they would only wait as long again for the same error.
 */
export function fairTurns({ always, timesMiddle, maxWaiting, onWait }: FairTurnsOptions) {
  const callers = new Map<string, Caller>();
  /** Those with requests that wait. */
  const held = new Set<Caller>();
  let patience: NodeJS.Timeout | undefined;

  function forgetWhoIsGone(): void {
    const sinceMs = performance.now() - BETWEEN_REQUESTS_MS;
    for (const [name, caller] of callers) if (demandOf(caller) === 0 && caller.endedAtMs < sinceMs) callers.delete(name);
  }

  /** How many one caller may have in work. */
  function share(): number {
    forgetWhoIsGone();
    if (callers.size === 1) return Number.POSITIVE_INFINITY;
    const all = [...callers.values()].map((caller) => Math.max(1, demandOf(caller))).sort((a, b) => a - b);
    return Math.max(always, timesMiddle * (all[(all.length - 1) >> 1] ?? 0));
  }

  /** `ended`: whose request has; null when nobody's has for a while. */
  function startHeld(ended: Caller | null): void {
    const most = share();
    const working = [...callers.values()].filter(({ inWork }) => inWork > 0);
    for (const caller of held) {
      // Nobody else's to go by.
      if (ended === null || working.every((one) => one === caller)) caller.due = most;
      else if (caller !== ended) caller.due = Math.min(most, caller.due + most / (callers.size - 1));
      while (caller.due >= 1 && caller.inWork < most && caller.waiting.length > 0) {
        caller.due -= 1;
        caller.inWork += 1;
        caller.waiting.shift()?.start();
      }
      if (caller.waiting.length > 0) continue;
      caller.due = 0;
      held.delete(caller);
    }
    clearTimeout(patience);
    patience = held.size === 0 ? undefined : setTimeout(() => startHeld(null), PATIENCE_MS);
  }

  function failHeld(error: DatabaseUnresponsiveError): void {
    for (const caller of held) for (const { fail } of caller.waiting.splice(0)) fail(error);
    held.clear();
  }

  function join(name: string): Caller {
    forgetWhoIsGone();
    const caller: Caller = { inWork: 0, waiting: [], due: 0, endedAtMs: 0 };
    callers.set(name, caller);
    return caller;
  }

  function leave(caller: Caller): void {
    caller.inWork -= 1;
    caller.endedAtMs = performance.now();
    if (held.size > 0) startHeld(caller);
  }

  return async <T>(name: string, work: () => Promise<T>): Promise<T | null> => {
    const caller = callers.get(name) ?? join(name);
    if (caller.waiting.length === 0 && (caller.inWork < always || caller.inWork < share())) caller.inWork += 1;
    else {
      if (caller.waiting.length >= maxWaiting) return null;
      onWait();
      await new Promise<void>((start, fail) => {
        caller.waiting.push({ start, fail });
        held.add(caller);
      });
    }
    try {
      return await work();
    } catch (error) {
      if (error instanceof DatabaseUnresponsiveError) failHeld(error);
      throw error;
    } finally {
      leave(caller);
    }
  };
}
