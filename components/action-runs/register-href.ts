/** The form that registers the action which a run proposed, with its name and payload filled in. */
export function registerHref(base: string, runId: string): string {
  return `${base}/actions/new?run=${runId}`;
}
