import { listGrants } from "@/lib/grants/list-grants";
import { refuseUnknownGrant, revokeGrant } from "@/lib/grants/revoke-grant";
import { sdkRoute } from "@/lib/http/route";
import { managedGrant } from "./list-grants";

/** Of a grant that has ended, it changes nothing and says how it ended. */
export const revokeManagedGrant = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/grants/:id/revoke",
  scope: "management",
  needs: "grants:revoke",
  async handler({ ctx, scopes, params: { id } }) {
    const revoked = await revokeGrant(ctx, { grantId: id, channel: "management_api" });
    if (!revoked.ok && revoked.code !== "not_found") return revoked;
    const [grant] = await listGrants(ctx, id);
    if (!grant) return refuseUnknownGrant();
    const answer = managedGrant(grant);
    // They are values of a payload, and who only revokes needn't read those.
    return { ok: true, answer: scopes.includes("grants:read") ? answer : { ...answer, facts: null } };
  },
});
