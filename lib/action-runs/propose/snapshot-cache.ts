import { LRUCache } from "lru-cache";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { AnyContext } from "@/lib/security/context";
import { type DecisionSnapshot, loadDecisionSnapshot } from "./decision-snapshot";

const MAX_SNAPSHOTS = 10_000;

/** Read again now and then only for the periods of budgets that are in it: one that is over costs each proposal. */
const MAX_AGE_MS = 600_000;

interface CachedSnapshot {
  readonly snapshot: DecisionSnapshot;
  /** Which of this process's loads it is, by when they started. */
  readonly load: number;
}

const snapshots = new LRUCache<string, CachedSnapshot>({ max: MAX_SNAPSHOTS, ttl: MAX_AGE_MS });
let loads = 0;

/**
 * Returns the cached snapshot, or a fresh one. A cached one may be stale, and its keys no longer valid; the write checks both. Who was told
 * that one is stale gives the loads of that moment as `after`: only a later one has certainly seen the change.
 */
export async function getSnapshot(
  ctx: AnyContext,
  credentials: SdkCredentials,
  actionName: string,
  after = 0,
): Promise<DecisionSnapshot | Refusal> {
  const key = cacheKey(credentials, actionName);
  const cached = snapshots.get(key);
  if (cached && cached.load > after) return cached.snapshot;
  const load = ++loads;
  const snapshot = await loadDecisionSnapshot(ctx, credentials, actionName);
  if ("ok" in snapshot) return snapshot;
  // Of proposals that load at the same time, the one that started last has seen the most.
  const meanwhile = snapshots.get(key);
  if (!meanwhile || meanwhile.load < load) snapshots.set(key, { snapshot, load });
  return snapshot;
}

/** How many loads this process has started. */
export function loadsSoFar(): number {
  return loads;
}

function cacheKey(credentials: SdkCredentials, actionName: string): string {
  return `${credentials.apiKeyHash}:${credentials.workspaceKeyHash}:${actionName}`;
}
