export function grantsPath(workspaceId: string): string {
  return `/workspaces/${workspaceId}/grants`;
}

export function grantPath(workspaceId: string, id: string): string {
  return `${grantsPath(workspaceId)}/${id}`;
}
