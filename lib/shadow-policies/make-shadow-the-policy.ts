import type { z } from "zod";
import { inTransaction } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { storedDraft } from "@/lib/registered-actions/shadow-draft";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { UNREADABLE_DRAFT } from "@/lib/words/shadow-messages";
import { settingsInForce } from "./in-force";
import { requireRunning } from "./require-running";
import type { shadowInForceSchema } from "./schema";

/**
 * Saves a shadow policy as an edit of its action, which stays as it is otherwise. All that holds for an edit holds: a stale form is refused, and
 * where the workspace asks for a second person it is kept as a proposal. The edit ends the shadow policy, then or when it is confirmed.
 */
export function makeShadowThePolicy(
  ctx: WorkspaceContext,
  { name, shadowId, configVersion, comment }: z.output<typeof shadowInForceSchema>,
): Promise<{ ok: true; policyVersion: number; proposalId: string | null } | Refusal> {
  return inTransaction<{ ok: true; policyVersion: number; proposalId: string | null } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    const action = await getAction(inner, name);
    if (!action) return refuseUnknownAction(name);
    const running = await requireRunning(inner, { actionId: action.id, shadowId });
    if (!running.ok) return running;
    const draft = storedDraft(running.shadow);
    if (draft === null) return refuse("validation_failed", `${UNREADABLE_DRAFT} Run another draft in shadow instead.`);
    return editAction(
      inner,
      { ...settingsInForce(settingsOf(action), draft), configVersion },
      { comment: comment === "" ? undefined : comment },
    );
  });
}
