import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { actorName } from "@/lib/members/actor-name";
import { decidesTheSame } from "@/lib/registered-actions/compare-drafts";
import { endShadow } from "@/lib/registered-actions/end-shadow";
import { asStored } from "@/lib/registered-actions/propose-change";
import { draftOf } from "@/lib/registered-actions/schema";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeShadow } from "./change-shadow";
import type { newShadowSchema } from "./schema";

/** Runs a draft beside the policy in force, in place of the one that runs so far. It decides nothing, so nobody has to confirm it. */
export function startShadow(
  ctx: WorkspaceContext,
  { name, draft }: z.output<typeof newShadowSchema>,
): Promise<{ ok: true; shadowId: string; isReplaced: boolean } | Refusal> {
  return changeShadow(ctx, name, async (inner, action) => {
    const { db, workspaceId } = inner;
    if (decidesTheSame(draft, draftOf(settingsOf(action))))
      return refuse("validation_failed", "This is the policy in force. Change the draft first.");
    const isReplaced = await endShadow(inner, action, "replaced");
    const shadowId = uuidv7();
    const { policyVersion } = action;
    await db.shadowPolicy.create({
      data: { id: shadowId, workspaceId, actionId: action.id, draft: asStored(draft), policyVersion, startedBy: actorName(inner) },
    });
    await recordAuditEvent(inner, {
      verb: "shadow.started",
      subjectType: "action",
      subjectId: action.id,
      data: { name, shadow_id: shadowId, policy_type: draft.policy.type },
    });
    return { ok: true, shadowId, isReplaced };
  });
}
