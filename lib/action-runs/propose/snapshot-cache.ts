import { LRUCache } from "lru-cache";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { AnyContext } from "@/lib/security/context";
import { type DecisionSnapshot, loadDecisionSnapshot } from "./decision-snapshot";

const MAX_SNAPSHOTS = 10_000;

const snapshots = new LRUCache<string, DecisionSnapshot>({ max: MAX_SNAPSHOTS });

/** Returns the cached snapshot, or a fresh one. A cached one may be stale, and its keys no longer valid; the write checks both. */
export async function getSnapshot(ctx: AnyContext, credentials: SdkCredentials, actionName: string): Promise<DecisionSnapshot | Refusal> {
  const key = cacheKey(credentials, actionName);
  const cached = snapshots.get(key);
  if (cached) return cached;
  const loaded = await loadDecisionSnapshot(ctx, credentials, actionName);
  if ("ok" in loaded) return loaded;
  snapshots.set(key, loaded);
  return loaded;
}

export function forgetSnapshot(credentials: SdkCredentials, actionName: string): void {
  snapshots.delete(cacheKey(credentials, actionName));
}

function cacheKey(credentials: SdkCredentials, actionName: string): string {
  return `${credentials.apiKeyHash}:${credentials.workspaceKeyHash}:${actionName}`;
}
