export function budgetsPath(workspaceId: string): string {
  return `/workspaces/${workspaceId}/budgets`;
}

export function newBudgetPath(workspaceId: string): string {
  return `${budgetsPath(workspaceId)}/new`;
}

export function budgetPath(workspaceId: string, id: string): string {
  return `${budgetsPath(workspaceId)}/${id}`;
}
