/** The database's time, as it stands for a run. */
export interface RunClock {
  readonly now: Date;
  /** Since when time has stood still for the run (`daai_frozen_since`); null: it isn't frozen. */
  readonly frozenSince: Date | null;
}

/** Whether a deadline has passed. None passes while the run is frozen. The same rule in SQL: `daai_is_overdue`. */
export function isOver(deadline: Date, { now, frozenSince }: RunClock): boolean {
  return deadline <= now && (frozenSince === null || deadline <= frozenSince);
}
