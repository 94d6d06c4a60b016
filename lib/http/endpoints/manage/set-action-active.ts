import { activeRequestSchema } from "@/lib/contract/manage-actions";
import { isActionName } from "@/lib/domain/policy/action-names";
import { checkPreconditions, refusePrecondition } from "@/lib/http/check-preconditions";
import { sdkRoute } from "@/lib/http/route";
import { managedAction } from "@/lib/registered-actions/action-document";
import { getActionProposal } from "@/lib/registered-actions/get-action-proposal";
import { getAction } from "@/lib/registered-actions/list-actions";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";

export const setManagedActionActive = sdkRoute({
  method: "PUT",
  path: "/api/v1/manage/actions/:name/active",
  scope: "management",
  needs: "actions:write",
  body: { schema: activeRequestSchema },
  async handler({ ctx, params: { name }, body: { active }, request: { headers } }) {
    if (!isActionName(name)) return refuseUnknownAction(name.slice(0, 64));
    const current = await getAction(ctx, name);
    if (!current) return refuseUnknownAction(name);
    const refusal = checkPreconditions(headers, managedAction(current));
    if (refusal) return refusal;
    const configVersion = headers["if-match"] === undefined ? undefined : current.configVersion;
    const changed = await setActionActive(ctx, { name, isActive: active, configVersion });
    if (!changed.ok) return changed.code === "edit_conflict" ? refusePrecondition() : changed;
    const { proposalId } = changed;
    if (proposalId !== null) return { ok: true, answer: await getActionProposal(ctx, { name, id: proposalId }), isWaiting: true };
    const action = await getAction(ctx, name);
    return action ? { ok: true, answer: managedAction(action) } : refuseUnknownAction(name);
  },
});
