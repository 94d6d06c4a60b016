import { type ManagedBy, putActionRequestSchema } from "@/lib/contract/manage-actions";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { checkPreconditions, refusePrecondition } from "@/lib/http/check-preconditions";
import { refuseInvalid } from "@/lib/http/parse-body";
import { type Outcome, sdkRoute } from "@/lib/http/route";
import { managedAction, readActionDocument, refusalOfDocument } from "@/lib/registered-actions/action-document";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getActionProposal } from "@/lib/registered-actions/get-action-proposal";
import { getAction } from "@/lib/registered-actions/list-actions";
import { recordManagedBy } from "@/lib/registered-actions/record-managed-by";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { registerAction } from "@/lib/registered-actions/register-action";
import type { ActionSettings } from "@/lib/registered-actions/schema";
import type { ManagementContext } from "@/lib/security/context";

export const putManagedAction = sdkRoute({
  method: "PUT",
  path: "/api/v1/manage/actions/:name",
  scope: "management",
  needs: "actions:write",
  hasEntityTag: true,
  body: { schema: putActionRequestSchema },
  async handler({ ctx, params: { name }, body: { managed_by: managedBy, ...document }, request: { headers } }): Promise<Outcome> {
    const read = readActionDocument(name, document);
    if (!read.ok) return refuseInvalid(read.error);
    const { settings } = read;
    const saved = await saveAction(ctx, settings, { headers, managedBy });
    if (!saved.ok) return refusalOfDocument(saved);
    const { proposalId } = saved;
    if (proposalId !== null) return { ok: true, answer: await getActionProposal(ctx, { name, id: proposalId }), isWaiting: true };
    if (managedBy !== undefined) {
      const recorded = await recordManagedBy(ctx, { settings, managedBy });
      if (!recorded.ok) return recorded.code === "edit_conflict" ? refusePrecondition() : refusalOfDocument(recorded);
    }
    const action = await getAction(ctx, name);
    return action ? { ok: true, answer: managedAction(action), isNew: saved.isNew } : refuseUnknownAction(name);
  },
});

/** Registers the action or edits it, as the console's form does. */
async function saveAction(
  ctx: ManagementContext,
  settings: ActionSettings,
  sent: { headers: Readonly<Record<string, string | undefined>>; managedBy: ManagedBy | null | undefined },
): Promise<{ ok: true; isNew: boolean; proposalId: string | null } | Refusal> {
  const { headers, managedBy } = sent;
  const current = await getAction(ctx, settings.name);
  const refusal = checkPreconditions(headers, current && managedAction(current));
  if (refusal) return refusal;
  if (current === null) {
    const registered = await registerAction(ctx, settings);
    if (registered.ok) return { ok: true, isNew: true, proposalId: null };
    // Someone registered the name meanwhile: then this is an edit, unless the caller wants a new action alone.
    return (await getAction(ctx, settings.name)) === null ? registered : saveAction(ctx, settings, sent);
  }
  const isConditional = headers["if-match"] !== undefined;
  const configVersion = isConditional ? current.configVersion : undefined;
  const edited = await editAction(ctx, { ...settings, configVersion }, { managedBy });
  if (!edited.ok) return edited.code === "edit_conflict" ? refusePrecondition() : edited;
  return { ok: true, isNew: false, proposalId: edited.proposalId };
}
