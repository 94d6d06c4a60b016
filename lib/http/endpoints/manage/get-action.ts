import { isActionName } from "@/lib/domain/policy/action-names";
import { sdkRoute } from "@/lib/http/route";
import { managedAction } from "@/lib/registered-actions/action-document";
import { getAction } from "@/lib/registered-actions/list-actions";
import { refuseUnknownAction } from "@/lib/registered-actions/refuse-unknown-action";

export const getManagedAction = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/actions/:name",
  scope: "management",
  needs: "actions:read",
  hasEntityTag: true,
  async handler({ ctx, params: { name } }) {
    const action = isActionName(name) ? await getAction(ctx, name) : null;
    return action ? { ok: true, answer: managedAction(action) } : refuseUnknownAction(name.slice(0, 64));
  },
});
