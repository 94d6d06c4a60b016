import type { ShadowPolicy } from "@/lib/db/generated/client";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

/** A shadow policy that still runs. */
export async function requireRunning(
  { db, workspaceId }: WorkspaceContext,
  { actionId, shadowId }: { actionId: string; shadowId: string },
): Promise<{ ok: true; shadow: ShadowPolicy } | Refusal> {
  const shadow = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId, id: shadowId, endedAt: null } });
  return shadow
    ? { ok: true, shadow }
    : refuse("not_found", "This shadow policy no longer runs. It was stopped, replaced or made the policy.");
}
