import { getDb } from "@/lib/db/client";
import { confirmProposal } from "@/lib/policy-proposals/confirm-proposal";
import { declineProposal, withdrawProposal } from "@/lib/policy-proposals/end-proposal";
import { setPolicyRule } from "@/lib/policy-proposals/set-policy-rule";
import { makePerson, makeWorkspace } from "./factories";
import { makeGuardedWorkspace, proposeEdit } from "./policy-proposals";

/** What is done about policy changes that wait for a second person, in workspaces of their own. */
export function proposalCommands() {
  const proposed = async () => {
    const guarded = await makeGuardedWorkspace();
    const proposalId = await proposeEdit(guarded.ann);
    const { id: subjectId } = await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: guarded.workspace.workspaceId } });
    const data = { kind: "edit", name: "pay", proposal_id: proposalId, proposed_by: guarded.ann.actor.email };
    return { ...guarded, proposalId, subjectId, data };
  };
  return [
    [
      "workspace.policy_rule_changed",
      "user",
      async () => {
        const workspace = await makeWorkspace();
        const { ctx } = await makePerson(workspace, "owner");
        return {
          run: () => setPolicyRule(ctx, { policyChangeNeedsAnotherPerson: true }),
          subjectId: workspace.workspaceId,
          data: { after: { policy_change_needs_another_person: true } },
        };
      },
    ],
    [
      "proposal.made",
      "user",
      async () => {
        const { ann, workspace } = await makeGuardedWorkspace();
        const { id: subjectId } = await getDb().registeredAction.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
        return { run: () => proposeEdit(ann), subjectId, data: { kind: "edit", name: "pay", after: { threshold: "500" } } };
      },
    ],
    [
      "proposal.confirmed",
      "user",
      async () => {
        const { ben, proposalId, subjectId, data } = await proposed();
        return { run: () => confirmProposal(ben, { proposalId }), subjectId, data };
      },
    ],
    [
      "proposal.declined",
      "user",
      async () => {
        const { ben, proposalId, subjectId, data } = await proposed();
        return { run: () => declineProposal(ben, { proposalId, comment: "No" }), subjectId, data: { ...data, comment: "No" } };
      },
    ],
    [
      "proposal.withdrawn",
      "user",
      async () => {
        const { ann, proposalId, subjectId, data } = await proposed();
        return { run: () => withdrawProposal(ann, { proposalId }), subjectId, data };
      },
    ],
    [
      "proposal.ended",
      "user",
      async () => {
        const { ben, subjectId, data } = await proposed();
        return { run: () => proposeEdit(ben, { threshold: "900" }), subjectId, data: { ...data, reason: "replaced" } };
      },
    ],
  ] as const;
}
