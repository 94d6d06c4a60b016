import { freezeRequestSchema } from "@/lib/contract/manage-freezes";
import { findActiveFreeze, getFreeze } from "@/lib/freezes/list-freezes";
import { freezeSchema } from "@/lib/freezes/schema";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { freezeAnswer } from "./get-freeze";

/** Sent again for the same owner with the same reason, it finds the freeze that the first request started. */
export const startManagedFreeze = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/freezes",
  scope: "management",
  needs: "freezes:start",
  body: { schema: freezeRequestSchema },
  async handler({ ctx, body: { action: actionName = null, api_key_id: apiKeyId = null, reason } }) {
    const read = freezeSchema.safeParse({ actionName, apiKeyId, reason });
    if (!read.success) return refuseInvalid(read.error);
    const started = await startFreeze(ctx, { ...read.data, channel: "management_api" });
    if (started.ok) {
      const outcome = freezeAnswer(await getFreeze(ctx, started.freezeId));
      return outcome.ok ? { ...outcome, isNew: true } : outcome;
    }
    const active = started.code === "already_frozen" ? await findActiveFreeze(ctx, read.data) : null;
    const isRepeated = active?.frozenBy === ctx.actor.email && active.reason === read.data.reason;
    return isRepeated ? freezeAnswer(await getFreeze(ctx, active.id)) : started;
  },
});
