/** The pages of a workspace's actions. An action may be called "new" like the page where one is registered; it is found by its id then. */
export function actionsPath(workspaceId: string): string {
  return `/workspaces/${workspaceId}/actions`;
}

export function newActionPath(workspaceId: string): string {
  return `${actionsPath(workspaceId)}/new`;
}

export function actionPath(workspaceId: string, action: { id: string; name: string }): string {
  return `${actionsPath(workspaceId)}/${action.name === "new" ? action.id : action.name}`;
}

export function shadowPath(workspaceId: string, action: { id: string; name: string }): string {
  return `${actionPath(workspaceId, action)}/shadow`;
}

export function editActionPath(workspaceId: string, action: { id: string; name: string }): string {
  return `${actionPath(workspaceId, action)}/edit`;
}
