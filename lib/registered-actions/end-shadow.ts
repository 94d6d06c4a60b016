import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow } from "@/lib/db/transaction";
import type { ShadowEndReason } from "@/lib/domain/policy/shadow-policy";
import type { WorkspaceContext } from "@/lib/security/context";
import { decidesTheSame } from "./compare-drafts";
import { personActing } from "./person-acting";
import { type ActionSettings, draftOf } from "./schema";
import { storedDraft } from "./shadow-draft";

interface ShadowedAction {
  readonly id: string;
  readonly name: string;
}

/** Ends the action's shadow policy, if one runs. Its answers stay. */
export async function endShadow(ctx: WorkspaceContext, action: ShadowedAction, reason: ShadowEndReason): Promise<boolean> {
  const { db, workspaceId } = ctx;
  const running = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId: action.id, endedAt: null } });
  if (!running) return false;
  const { count } = await db.shadowPolicy.updateMany({
    where: { id: running.id, endedAt: null },
    data: { endedAt: await databaseNow(db), endedBy: personActing(ctx), endReason: reason },
  });
  if (count === 0) return false;
  await recordAuditEvent(ctx, {
    verb: "shadow.ended",
    subjectType: "action",
    subjectId: action.id,
    data: { name: action.name, shadow_id: running.id, started_by: running.startedBy, reason },
  });
  return true;
}

/** Ends the shadow policy if an action's new settings decide the same: whichever way they came, there is nothing left to compare. */
export async function endShadowInForce(ctx: WorkspaceContext, action: ShadowedAction, settings: ActionSettings): Promise<void> {
  const { db, workspaceId } = ctx;
  const running = await db.shadowPolicy.findFirst({ where: { workspaceId, actionId: action.id, endedAt: null } });
  const draft = running && storedDraft(running);
  if (draft && decidesTheSame(draft, draftOf(settings))) await endShadow(ctx, action, "in_force");
}
