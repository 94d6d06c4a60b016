import { thawRequestSchema } from "@/lib/contract/manage-freezes";
import { getFreeze } from "@/lib/freezes/list-freezes";
import { thawSchema } from "@/lib/freezes/schema";
import { thaw } from "@/lib/freezes/thaw";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { freezeAnswer } from "./get-freeze";

/** Of what isn't frozen anymore, it changes nothing and says who thawed it. */
export const thawManagedFreeze = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/freezes/:id/thaw",
  scope: "management",
  needs: "freezes:thaw",
  body: { schema: thawRequestSchema },
  async handler({ ctx, params: { id }, body: { comment = null } }) {
    const read = thawSchema.safeParse({ freezeId: id, comment });
    if (!read.success) return refuseInvalid(read.error);
    const thawed = await thaw(ctx, { ...read.data, channel: "management_api" });
    return thawed.ok || thawed.code === "not_frozen" ? freezeAnswer(await getFreeze(ctx, id)) : thawed;
  },
});
