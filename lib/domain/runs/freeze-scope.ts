/** What a freeze stops, from the narrowest to the widest. */
export const FREEZE_SCOPES = ["api_key", "action", "workspace", "console"] as const;
export type FreezeScope = (typeof FREEZE_SCOPES)[number];

interface FrozenIds {
  readonly workspaceId: string | null;
  readonly actionId: string | null;
  readonly apiKeyId: string | null;
}

export function freezeScope({ workspaceId, actionId, apiKeyId }: FrozenIds): FreezeScope {
  if (workspaceId === null) return "console";
  if (apiKeyId !== null) return "api_key";
  return actionId === null ? "workspace" : "action";
}
