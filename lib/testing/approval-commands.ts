import { askApprover } from "@/lib/approvals/ask-approver";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { reassignRun } from "@/lib/approvals/reassign-run";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { systemContext, userContext, visitorContext } from "@/lib/auth/contexts";
import { DAY_MS } from "@/lib/domain/time/units";
import { confirmGrant } from "@/lib/grants/confirm-grant";
import { revokeGrant } from "@/lib/grants/revoke-grant";
import { grantInputSchema } from "@/lib/grants/schema";
import { removeMember } from "@/lib/members/remove-member";
import { endAbsence } from "@/lib/users/end-absence";
import { setAbsence } from "@/lib/users/set-absence";
import { APPROVE } from "./deciders";
import { expectOk, linkTokens, makeAction, makePerson, makeRun, makeWorkspace, proposeOk, type TestWorkspace } from "./factories";
import { GRANTED_PAYLOAD, giveGrant, typedGrant } from "./grants";

async function leaving(workspace: TestWorkspace) {
  const [{ ctx, email }, colleague] = [await makePerson(workspace, "approver"), await makePerson(workspace, "approver")];
  const { userId } = ctx.actor;
  const user = userContext({ sessionId: "", userId, email, name: null, isOperator: false });
  const absence = { colleagueId: colleague.ctx.actor.userId, startsAt: new Date(), endsAt: new Date(Date.now() + DAY_MS) };
  return { user, userId, absence, colleague: colleague.email };
}

const ANN = "ann@example.com";

/** A run that needs two approvals, and Ann's link to it. */
async function askedOfTwo(workspace: TestWorkspace) {
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: [ANN, "ben@example.com"], approvals: 2 });
  return { runId, token: (await linkTokens(runId)).get(ANN) ?? "" };
}

let granted = 0;
async function grantedAction(workspace: TestWorkspace, approverEmails: string[], different: object = {}): Promise<string> {
  const name = `granted_${++granted}`;
  await makeAction(workspace, { name, approverEmails, ...different });
  return name;
}

/** The commands that give and take back one of several approvals, and change who is asked and who stands in, each with its actor and audit event. */
export function approvalCommands(workspaceOf: () => TestWorkspace) {
  return [
    [
      "grant.given",
      "decision_link",
      async () => {
        const workspace = workspaceOf();
        const action = await grantedAction(workspace, [ANN]);
        const { action_run_id: runId } = await proposeOk(workspace, { action, payload: GRANTED_PAYLOAD });
        const token = (await linkTokens(runId)).get(ANN) ?? "";
        const grant = grantInputSchema.parse(typedGrant());
        return {
          run: () => decideByLink(visitorContext(), token, { ...APPROVE, grant }),
          data: { by: ANN, action, run_id: runId, total: "2000" },
        };
      },
    ],
    [
      "grant.confirmed",
      "user",
      async () => {
        const workspace = workspaceOf();
        const grantId = await giveGrant(workspace, { action: await grantedAction(workspace, [], { riskLevel: "critical" }) });
        const { ctx, email } = await makePerson(workspace, "approver");
        return { run: () => confirmGrant(ctx, { grantId }), subjectId: grantId, data: { by: email, given_by: workspace.ownerEmail } };
      },
    ],
    [
      "grant.revoked",
      "user",
      async () => {
        const workspace = workspaceOf();
        const grantId = await giveGrant(workspace, { action: await grantedAction(workspace, []) });
        const { ctx, email } = await makePerson(workspace, "approver");
        return { run: () => revokeGrant(ctx, { grantId, channel: "console" }), subjectId: grantId, data: { by: email } };
      },
    ],
    [
      "grant.ended",
      "user",
      async () => {
        const workspace = await makeWorkspace();
        const [giver, { ctx }] = [await makePerson(workspace, "approver"), await makePerson(workspace, "admin")];
        const grantId = await giveGrant(workspace, { action: await grantedAction(workspace, []), ctx: giver.ctx });
        return {
          run: () => removeMember(ctx, giver.ctx.actor.userId),
          subjectId: grantId,
          data: { given_by: giver.email, reason: "right_lost" },
        };
      },
    ],
    [
      "run.vote_cast",
      "decision_link",
      async () => {
        const { runId, token } = await askedOfTwo(workspaceOf());
        return {
          run: () => decideByLink(visitorContext(), token, APPROVE),
          subjectId: runId,
          data: { by: ANN, channel: "decision_link", stage: 1 },
        };
      },
    ],
    [
      "run.vote_revoked",
      "decision_link",
      async () => {
        const { runId, token } = await askedOfTwo(workspaceOf());
        expectOk(await decideByLink(visitorContext(), token, APPROVE));
        const takeBack = () => revokeByLink(visitorContext(), token, { comment: "I misread it.", confirm: true });
        return { run: takeBack, subjectId: runId, data: { by: ANN, channel: "decision_link", stage: 1 } };
      },
    ],
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
