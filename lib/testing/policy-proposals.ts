import { getDb } from "@/lib/db/client";
import { createGroup } from "@/lib/groups/create-group";
import { setPolicyRule } from "@/lib/policy-proposals/set-policy-rule";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { MemberContext } from "@/lib/security/context";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "./factories";

export interface GuardedWorkspace {
  workspace: TestWorkspace;
  /** Who proposes, an owner. */
  ann: MemberContext;
  /** Who could confirm, an admin. */
  ben: MemberContext;
}

/** A workspace that asks for a second person, with an action that always asks. */
export async function makeGuardedWorkspace(action = "pay"): Promise<GuardedWorkspace> {
  const workspace = await makeWorkspace();
  const [ann, ben] = [(await makePerson(workspace, "owner")).ctx, (await makePerson(workspace, "admin")).ctx];
  await makeAction(workspace, { name: action });
  expectOk(await setPolicyRule(ann, { policyChangeNeedsAnotherPerson: true }));
  return { workspace, ann, ben };
}

/** An edit that a second person has to confirm. */
export async function proposeEdit(ctx: MemberContext, { name = "pay", threshold = "500" } = {}): Promise<string> {
  const policy = { type: "require_approval_above_amount", threshold } as const;
  const { proposalId } = expectOk(await editAction(ctx, { name, title: name, policy }));
  return proposalId ?? Promise.reject(new Error("The edit wasn't kept as a proposal."));
}

export const statusOf = async (id: string) => (await getDb().policyProposal.findUniqueOrThrow({ where: { id } })).status;

/** What the action has been set to, as an edit would send it. */
export async function savedSettings({ workspace }: GuardedWorkspace, name = "pay") {
  const action = await getAction(workspace.ctx, name);
  return settingsOf(action ?? (await Promise.reject(new Error(`There is no action ${name}.`))));
}

/** A group that the action `grouped` asks, with the edit that would ask another person. */
export async function makeAskedGroup({ workspace, ann, ben }: GuardedWorkspace) {
  const group = expectOk(await createGroup(ann, { name: "Finance", members: [ann.actor.email] }));
  await makeAction(workspace, { name: "grouped", approverGroup: "Finance" });
  return { id: group.id, name: "Finance", members: [ben.actor.email] };
}
