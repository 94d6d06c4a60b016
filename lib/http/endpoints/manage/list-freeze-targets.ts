import { listFreezeTargets } from "@/lib/freezes/list-freeze-targets";
import { sdkRoute } from "@/lib/http/route";

export const listManagedFreezeTargets = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/freeze-targets",
  scope: "management",
  needs: "freezes:start",
  async handler({ ctx }) {
    const { actions, apiKeys } = await listFreezeTargets(ctx);
    return {
      ok: true,
      answer: {
        actions: actions.map(({ name, title }) => ({ action: name, title })),
        api_keys: apiKeys.map(({ id, name, hint }) => ({ api_key_id: id, name, hint })),
      },
    };
  },
});
