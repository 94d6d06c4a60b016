import { type QueueSearch, WHOLE_QUEUE } from "@/lib/domain/runs/queue-order";

/** Returns the queue's URL with its current filter, so that a link restores the same view. */
export function queuePath({
  runId = null,
  show = null,
  ...search
}: Partial<QueueSearch> & {
  runId?: string | null;
  show?: number | null;
}): string {
  const { workspaceId, text, sort, isGrouped } = { ...WHOLE_QUEUE, ...search };
  const query = new URLSearchParams();
  if (workspaceId !== null) query.set("workspace", workspaceId);
  if (text !== null) query.set("q", text);
  if (sort !== WHOLE_QUEUE.sort) query.set("sort", sort);
  if (isGrouped) query.set("group", "action");
  if (show !== null) query.set("show", String(show));
  if (runId !== null) query.set("run", runId);
  return query.size === 0 ? "/approvals" : `/approvals?${query.toString()}`;
}
