import { createHmac } from "node:crypto";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import type { CodingAgent } from "@/lib/domain/hooks/coding-agents";
import { derivedKey } from "@/lib/security/derived-key";

interface CallId {
  readonly agent: CodingAgent;
  readonly sessionId: string;
  readonly toolUseId: string;
}

/**
 * The claim's token, which the agent never sees: the console derives it again for the call's report. Of many requests for one call, whether
 * sent twice or by two hooks, all get the same claim.
 */
export function claimTokenOf(workspaceId: string, { agent, sessionId, toolUseId }: CallId): string {
  return createHmac("sha256", derivedKey("claims of coding agents"))
    .update(JSON.stringify([workspaceId, agent, sessionId, toolUseId]))
    .digest("base64url");
}

export function idempotencyKeyOf({ agent, sessionId, toolUseId }: CallId): string {
  return `${agent}:${jsonHash([sessionId, toolUseId])}`;
}

/** As people see who holds the claim. */
export function workerOf({ agent, toolUseId }: CallId): string {
  return `${agent}:${toolUseId}`.slice(0, 200);
}
