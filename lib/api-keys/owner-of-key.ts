import { LRUCache } from "lru-cache";
import type { SdkCredentials } from "./sdk-credentials";

/** By API key, as of when it was last verified. */
const owners = new LRUCache<string, string>({ max: 10_000 });

/** Whose an API key is, if this process has verified it. It may have been revoked since. */
export function ownerOfKey({ apiKeyHash }: SdkCredentials): string | undefined {
  return owners.get(apiKeyHash);
}

export function noteOwnerOfKey({ apiKeyHash }: SdkCredentials, ownerId: string): void {
  owners.set(apiKeyHash, ownerId);
}
