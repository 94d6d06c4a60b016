import type { ShadowPolicy } from "@/lib/db/generated/client";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { Draft } from "@/lib/registered-actions/schema";
import type { WorkspaceContext } from "@/lib/security/context";

/** The draft of a shadow policy that still runs. */
export async function requireRunning(
  { db, workspaceId }: WorkspaceContext,
  { actionId, shadowId }: { actionId: string; shadowId: string },
): Promise<{ ok: true; draft: Draft } | Refusal> {
  const shadow = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId, id: shadowId, endedAt: null } });
  return shadow
    ? { ok: true, draft: storedDraft(shadow) }
    : refuse("not_found", "This shadow policy no longer runs. It was stopped, replaced or made the policy.");
}

/** The schema checked it before it was stored. */
export function storedDraft({ draft }: Pick<ShadowPolicy, "draft">): Draft {
  return draft as unknown as Draft;
}
