import { putActionRequestSchema } from "@/lib/contract/manage-actions";
import { tagOf } from "@/lib/http/check-preconditions";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { managedAction, readActionDocument, refusalOfDocument } from "@/lib/registered-actions/action-document";
import { planAction } from "@/lib/registered-actions/plan-action";

/** Takes what PUT takes, and says what it would do. */
export const planManagedAction = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/actions/:name/plan",
  scope: "management",
  needs: "actions:read",
  body: { schema: putActionRequestSchema },
  async handler({ ctx, params: { name }, body: { managed_by: managedBy, ...document } }) {
    const read = readActionDocument(name, document);
    if (!read.ok) return refuseInvalid(read.error);
    const planned = await planAction(ctx, { settings: read.settings, managedBy });
    if (!planned.ok) return refusalOfDocument(planned);
    const { current, changes, changesDecisions } = planned;
    const result = current === null ? "create" : changes.length === 0 ? "unchanged" : "update";
    const etag = current && tagOf(managedAction(current));
    return { ok: true, answer: { action: name, result, changes, changes_decisions: changesDecisions, etag } };
  },
});
