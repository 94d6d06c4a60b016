import { type ActivityEvent, listAuditEvents } from "@/lib/audit/list-audit-events";
import { sentenceText } from "@/lib/audit/sentence-parts";
import { pageQuerySchema } from "@/lib/contract/manage-pages";
import { sdkRoute } from "@/lib/http/route";

export const listManagedEvents = sdkRoute({
  method: "GET",
  path: "/api/v1/manage/events",
  scope: "management",
  needs: "events:read",
  query: pageQuerySchema,
  async handler({ ctx, query: { before = null } }) {
    const { events, next } = await listAuditEvents(ctx, { kind: "everything", person: null, before });
    return { ok: true, answer: { events: events.map(managedEvent), next } };
  },
});

function managedEvent({ id, at, verb, who, sentence, comment, runId }: ActivityEvent) {
  return { id, at: at.toISOString(), verb, actor: who, text: sentenceText(sentence), comment, action_run_id: runId };
}
