/** A workspace that was just made, with the keys that are shown this one time. */
export interface NewKeys {
  workspaceId: string;
  name: string;
  apiKey: string;
  workspaceKey: string;
}
