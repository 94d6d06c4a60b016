import { editAction } from "@/lib/registered-actions/edit-action";
import { draftSchema } from "@/lib/registered-actions/schema";
import { startShadow } from "@/lib/shadow-policies/start-shadow";
import { stopShadow } from "@/lib/shadow-policies/stop-shadow";
import { expectOk, makeAction, makePerson, makeWorkspace } from "./factories";

const draft = draftSchema.parse({ policy: { type: "always_block" } });

/** What is done about policies that run in shadow, in workspaces of their own. */
export function shadowCommands() {
  const shadowed = async () => {
    const workspace = await makeWorkspace();
    const { ctx } = await makePerson(workspace, "developer");
    const subjectId = await makeAction(workspace, { name: "pay" });
    const start = () => startShadow(ctx, { name: "pay", draft });
    return { ctx, subjectId, start };
  };
  return [
    [
      "shadow.started",
      "user",
      async () => {
        const { start, subjectId } = await shadowed();
        return { run: start, subjectId, data: { name: "pay", policy_type: "always_block" } };
      },
    ],
    [
      "shadow.ended",
      "user",
      async () => {
        const { ctx, start, subjectId } = await shadowed();
        const { shadowId } = expectOk(await start());
        const data = { name: "pay", shadow_id: shadowId, started_by: ctx.actor.email, reason: "stopped" };
        return { run: () => stopShadow(ctx, { name: "pay", shadowId }), subjectId, data };
      },
    ],
    [
      "shadow.ended",
      "user",
      async () => {
        const { ctx, start, subjectId } = await shadowed();
        expectOk(await start());
        const edit = () => editAction(ctx, { name: "pay", title: "pay", policy: { type: "always_block" } });
        return { run: edit, subjectId, data: { reason: "in_force" } };
      },
    ],
  ] as const;
}
