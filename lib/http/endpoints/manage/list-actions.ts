import { sdkRoute } from "@/lib/http/route";
import { managedAction } from "@/lib/registered-actions/action-document";
import { listActions } from "@/lib/registered-actions/list-actions";

export const listManagedActions = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/actions",
  scope: "management",
  needs: "actions:read",
  async handler({ ctx }) {
    return { ok: true, answer: { actions: (await listActions(ctx)).map(managedAction) } };
  },
});
