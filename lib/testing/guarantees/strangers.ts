import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { getDb } from "@/lib/db/client";
import { makeKey } from "@/lib/security/key-format";
import type { TestWorkspace } from "@/lib/testing/factories";

export type Headers = Record<string, string>;

export const OTHER_TENANT = "the other workspace";

export function bearer(key: string): Headers {
  return { Authorization: `Bearer ${key}` };
}

export function keysOf(apiKey: string, workspaceKey: string): Headers {
  return { Authorization: `Bearer ${apiKey}`, "X-DAAI-Workspace-Key": workspaceKey };
}

/** Everyone who may not see what is `mine`, with the keys they try. */
export async function makeStrangers(mine: TestWorkspace, other: TestWorkspace): Promise<[who: string, headers: Headers][]> {
  const revoked = await createApiKey(mine.ctx, { kind: "api", name: "extra" });
  await revokeApiKey(mine.ctx, revoked.id);
  const expired = await createApiKey(mine.ctx, { kind: "api", name: "extra" });
  await getDb().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
  return [
    ["nobody", {}],
    ["an API key alone", { Authorization: `Bearer ${mine.apiKey}` }],
    ["a workspace key alone", { "X-DAAI-Workspace-Key": mine.workspaceKey }],
    ["malformed keys", keysOf("daai_sk_x", "daai_wk_x")],
    ["empty keys", keysOf("", "")],
    ["well-formed keys that do not exist", keysOf(makeKey("api"), makeKey("workspace"))],
    ["keys in each other's place", keysOf(mine.workspaceKey, mine.apiKey)],
    ["keys beginning like the real ones", keysOf(mine.apiKey.slice(0, -1), mine.workspaceKey.slice(0, -1))],
    ["key A with workspace B", keysOf(mine.apiKey, other.workspaceKey)],
    ["key B with workspace A", keysOf(other.apiKey, mine.workspaceKey)],
    ["a revoked key", keysOf(revoked.key, mine.workspaceKey)],
    ["an expired key", keysOf(expired.key, mine.workspaceKey)],
    [OTHER_TENANT, keysOf(other.apiKey, other.workspaceKey)],
  ];
}
