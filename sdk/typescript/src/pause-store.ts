/**
 * Stores what continues after a run is decided, by the run's id: `Pauses` of `daai/pauses`, or a store of your own, which all processes that
 * continue an agent share. It is no permission: the console is asked again before anything runs.
 */
export interface PauseStore {
  /** What was set last. */
  get(runId: string): Promise<string | null | undefined> | string | null | undefined;
  set(runId: string, state: string): unknown;
  delete(runId: string): unknown;
}
