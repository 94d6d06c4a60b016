import { pageQuerySchema } from "@/lib/contract/manage-pages";
import { getGrantPage } from "@/lib/grants/get-grant-page";
import { refuseUnknownGrant } from "@/lib/grants/revoke-grant";
import { sdkRoute } from "@/lib/http/route";
import { managedGrant } from "./list-grants";

export const getManagedGrant = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/grants/:id",
  scope: "management",
  needs: "grants:read",
  query: pageQuerySchema,
  async handler({ ctx, params: { id }, query: { before } }) {
    const page = await getGrantPage(ctx, id, { before });
    if (!page) return refuseUnknownGrant();
    const runs = page.uses.map(({ runId, at, amount, currency, execution }) => ({
      action_run_id: runId,
      proposed_at: at.toISOString(),
      ...{ amount, currency, execution },
    }));
    return { ok: true, answer: { ...managedGrant(page.grant), runs, next: page.next } };
  },
});
