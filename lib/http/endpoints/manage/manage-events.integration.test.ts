import { expect, test } from "vitest";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { eventsResponseSchema } from "@/lib/contract/manage-events";
import { makeAction, makeWorkspace } from "@/lib/testing/factories";
import { managementClient } from "@/lib/testing/management-client";

test("the activity is read page by page, the newest first, each event once", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund" });
  const manage = await managementClient(workspace, ["events:read", "actions:write"]);
  for (let made = 0; made < 60; made++)
    await recordAuditEvent(workspace.ctx, {
      verb: "budget.deleted",
      subjectType: "budget",
      subjectId: workspace.workspaceId,
      data: { name: "B" },
    });
  await manage("PUT", "/api/v1/manage/actions/refund", { title: "Refund all", policy: { type: "always_allow" } });
  const first = eventsResponseSchema.parse((await manage("GET", "/api/v1/manage/events")).json);
  expect(first.events[0]).toMatchObject({
    verb: "action.edited",
    actor: { kind: "key", name: "CI", detail: expect.stringMatching(/^daai_mk_…\w{4}$/) as string },
    text: expect.stringContaining("→ Refund all") as string,
  });
  const second = eventsResponseSchema.parse((await manage("GET", `/api/v1/manage/events?before=${first.next}`)).json);
  expect([first.events.length, second.next]).toEqual([50, null]);
  const ids = [...first.events, ...second.events].map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort().reverse());
  expect(second.events.at(-1)?.text).toContain("created the");
  expect(await manage("GET", "/api/v1/manage/events?before=x")).toMatchObject({ status: 422, json: { errors: [{ path: "before" }] } });
  const other = await managementClient(workspace, ["actions:write"]);
  expect(await other("GET", "/api/v1/manage/events")).toMatchObject({ status: 403, json: { code: "missing_scope" } });
});
