import { activeRequestSchema } from "@/lib/contract/manage-actions";
import { isActionName } from "@/lib/domain/policy/action-names";
import { sdkRoute } from "@/lib/http/route";
import { managedAction } from "@/lib/registered-actions/action-document";
import { getAction } from "@/lib/registered-actions/list-actions";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";

export const setManagedActionActive = sdkRoute({
  method: "PUT",
  path: "/api/v1/manage/actions/:name/active",
  scope: "management",
  needs: "actions:write",
  body: { schema: activeRequestSchema },
  async handler({ ctx, params: { name }, body: { active } }) {
    if (!isActionName(name)) return refuseUnknownAction(name.slice(0, 64));
    const changed = await setActionActive(ctx, { name, isActive: active });
    if (!changed.ok) return changed;
    const action = await getAction(ctx, name);
    return action ? { ok: true, answer: managedAction(action) } : refuseUnknownAction(name);
  },
});
