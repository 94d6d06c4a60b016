/** "Finance automations for Halvorsen Logistics": whose agents ask. */
export function workspaceLine(workspace: { readonly name: string; readonly clientName: string }): string {
  return `${workspace.name} for ${workspace.clientName}`;
}
