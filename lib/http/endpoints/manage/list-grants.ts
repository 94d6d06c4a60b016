import type { ManagedGrant } from "@/lib/contract/manage-grants";
import { statePageQuerySchema } from "@/lib/contract/manage-pages";
import { type ListedGrant, listGrantsPaged } from "@/lib/grants/list-grants";
import { sdkRoute } from "@/lib/http/route";

export const listManagedGrants = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/grants",
  scope: "management",
  needs: "grants:read",
  query: statePageQuerySchema,
  async handler({ ctx, query: { state = null, before = null } }) {
    const { grants, next } = await listGrantsPaged(ctx, { state, before });
    return { ok: true, answer: { grants: grants.map(managedGrant), next } };
  },
});

export function managedGrant(grant: ListedGrant): ManagedGrant {
  const { id, runId, action, state, facts, currency, total, uses, used } = grant;
  return {
    grant_id: id,
    action: action.name,
    state,
    action_run_id: runId,
    given_by: grant.givenBy,
    given_at: grant.givenAt.toISOString(),
    confirmed_by: grant.confirmedBy,
    facts,
    currency,
    amount_each: grant.amountEach,
    total,
    max_uses: grant.maxUses,
    ends_at: grant.endsAt.toISOString(),
    uses,
    used,
    ended_at: grant.endedAt?.toISOString() ?? null,
    ended_by: grant.endedBy,
    ended_reason: grant.endedReason,
  };
}
