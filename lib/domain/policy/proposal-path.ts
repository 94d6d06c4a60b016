import { actionPath } from "./action-paths";

/** The page where a proposal is confirmed. */
export function proposalPath(
  workspaceId: string,
  { action, group }: { action: { id: string; name: string } | null; group: string | null },
): string {
  if (action !== null) return actionPath(workspaceId, action);
  return `/workspaces/${workspaceId}/settings/${group === null ? "approvals" : "groups"}`;
}
