import { type ActiveFreeze, getFreeze } from "@/lib/freezes/list-freezes";
import { refuseUnknownFreeze } from "@/lib/freezes/thaw";
import { type Outcome, sdkRoute } from "@/lib/http/route";
import { managedFreeze } from "./list-freezes";

export const getManagedFreeze = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/freezes/:id",
  scope: "management",
  needs: "freezes:read",
  async handler({ ctx, params: { id } }) {
    return freezeAnswer(await getFreeze(ctx, id));
  },
});

export function freezeAnswer(freeze: ActiveFreeze | null): Outcome {
  if (freeze === null) return refuseUnknownFreeze();
  const claims = freeze.claims.map(({ runId, worker, claimedAt, state }) => ({
    action_run_id: runId,
    worker,
    claimed_at: claimedAt.toISOString(),
    state,
  }));
  return { ok: true, answer: { ...managedFreeze(freeze), claims, claim_count: freeze.claimCount } };
}
