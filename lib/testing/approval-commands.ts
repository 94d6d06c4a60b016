import { askApprover } from "@/lib/approvals/ask-approver";
import { reassignRun } from "@/lib/approvals/reassign-run";
import { systemContext, userContext } from "@/lib/auth/contexts";
import { DAY_MS } from "@/lib/domain/time/units";
import { endAbsence } from "@/lib/users/end-absence";
import { setAbsence } from "@/lib/users/set-absence";
import { expectOk, makePerson, makeRun, type TestWorkspace } from "./factories";

async function leaving(workspace: TestWorkspace) {
  const [{ ctx, email }, colleague] = [await makePerson(workspace, "approver"), await makePerson(workspace, "approver")];
  const { userId } = ctx.actor;
  const user = userContext({ sessionId: "", userId, email, name: null, isOperator: false });
  const absence = { colleagueId: colleague.ctx.actor.userId, startsAt: new Date(), endsAt: new Date(Date.now() + DAY_MS) };
  return { user, userId, absence, colleague: colleague.email };
}

/** The commands that change who is asked and who stands in, each with its actor and audit event. */
export function approvalCommands(workspaceOf: () => TestWorkspace) {
  return [
    [
      "run.approver_asked",
      "system",
      async () => {
        const runId = await makeRun(workspaceOf(), "always_require_approval");
        const asked = { email: "boss@example.com", reason: "escalation" as const };
        return { run: () => askApprover(systemContext(workspaceOf().workspaceId), { runId, ...asked }), subjectId: runId, data: asked };
      },
    ],
    [
      "run.reassigned",
      "user",
      async () => {
        const [admin, ben] = [await makePerson(workspaceOf(), "admin"), await makePerson(workspaceOf(), "approver")];
        const runId = await makeRun(workspaceOf(), "always_require_approval", { approverEmails: ["ann@example.com"] });
        const passed = { from: "ann@example.com", to: ben.email };
        return { run: () => reassignRun(admin.ctx, { runId, ...passed }), subjectId: runId, data: { ...passed, by: admin.email } };
      },
    ],
    [
      "user.absence_set",
      "user",
      async () => {
        const { user, userId, absence, colleague } = await leaving(workspaceOf());
        return { run: () => setAbsence(user, absence), subjectId: userId, data: { colleague } };
      },
    ],
    [
      "user.absence_ended",
      "user",
      async () => {
        const { user, userId, absence, colleague } = await leaving(workspaceOf());
        expectOk(await setAbsence(user, absence));
        return { run: () => endAbsence(user), subjectId: userId, data: { colleague } };
      },
    ],
  ] as const;
}
