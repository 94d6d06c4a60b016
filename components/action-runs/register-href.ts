/** Returns the URL of the form that registers a run's proposed action, with its name and payload filled in. */
export function registerHref(base: string, runId: string): string {
  return `${base}/actions/new?run=${runId}`;
}
