/** The queue with what is chosen in it: all that a link needs to show the same again. */
export function queuePath({
  workspaceId,
  runId,
  show,
}: {
  workspaceId?: string | null;
  runId?: string | null;
  show?: number | null;
}): string {
  const query = new URLSearchParams();
  if (workspaceId != null) query.set("workspace", workspaceId);
  if (show != null) query.set("show", String(show));
  if (runId != null) query.set("run", runId);
  return query.size === 0 ? "/approvals" : `/approvals?${query.toString()}`;
}
