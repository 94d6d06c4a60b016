import type { ManagedFreeze } from "@/lib/contract/manage-freezes";
import { statePageQuerySchema } from "@/lib/contract/manage-pages";
import { type ListedFreeze, listFreezesPaged } from "@/lib/freezes/list-freezes";
import { sdkRoute } from "@/lib/http/route";

export const listManagedFreezes = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/freezes",
  scope: "management",
  needs: "freezes:read",
  query: statePageQuerySchema,
  async handler({ ctx, query: { state = null, before = null } }) {
    const { freezes, next } = await listFreezesPaged(ctx, { state, before });
    return { ok: true, answer: { freezes: freezes.map(managedFreeze), next } };
  },
});

export function managedFreeze(freeze: ListedFreeze): ManagedFreeze {
  const { id, scope, name, reason, apiKeyId, actionName } = freeze;
  return {
    freeze_id: id,
    scope,
    name,
    action: actionName,
    api_key_id: apiKeyId,
    reason,
    frozen_at: freeze.frozenAt.toISOString(),
    frozen_by: freeze.frozenBy,
    needs_another_person: freeze.needsAnotherPerson,
    thawed_at: freeze.thawedAt?.toISOString() ?? null,
    thawed_by: freeze.thawedBy,
    thaw_comment: freeze.thawComment,
  };
}
