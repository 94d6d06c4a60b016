import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";
import { ruleAskPath, stageProblems } from "./approval-stages";
import type { ActionSettings } from "./schema";

type Approvers = Pick<ActionSettings, "approverEmails" | "approverGroup" | "approvals" | "laterStages" | "ruleApprovers" | "policy">;

/**
 * Fills the stages that ask a group with its members, as they are now. Inside a transaction, the groups stay as they are until it ends, so
 * that an action never misses a change of a group that it asks. `mayBeEmpty`: the first stage may ask a group that everybody has left; then the
 * workspace's approvers are asked, as for a list that everybody has left.
 */
export async function withGroupMembers<Settings extends Approvers>(
  ctx: WorkspaceContext,
  settings: Settings,
  { mayBeEmpty = false }: { mayBeEmpty?: boolean } = {},
): Promise<Settings | Refusal> {
  const { approverGroup, laterStages, ruleApprovers, policy } = settings;
  const named = [
    { group: approverGroup ?? undefined, path: "approverGroup" },
    ...laterStages.map(({ group }, index) => ({ group, path: `laterStages.${index}.group` })),
    ...ruleApprovers.map(({ rule, group }) => ({ group, path: [...ruleAskPath(policy, rule), "group"].join(".") })),
  ].flatMap(({ group, path }) => (group === undefined ? [] : [{ group, path }]));
  if (named.length === 0) return settings;
  const groups = await readMembers(
    ctx,
    named.map(({ group }) => group),
  );
  for (const { group, path } of named) {
    const members = groups.get(group);
    if (members === undefined) return refuseField(path, `This workspace has no group named “${group}”. Choose another one.`);
    if (members.length === 0 && !(mayBeEmpty && path === "approverGroup")) return refuseEmptyGroup(path, group);
  }
  const peopleOf = (group: string) => groups.get(group) ?? [];
  const withPeople = <Stage extends { group?: string | undefined }>(stage: Stage) =>
    stage.group === undefined ? stage : { ...stage, people: peopleOf(stage.group) };
  const filled = {
    ...settings,
    approverEmails: approverGroup === null ? settings.approverEmails : peopleOf(approverGroup),
    laterStages: laterStages.map(withPeople),
    ruleApprovers: ruleApprovers.map(withPeople),
  };
  return refuseStages(filled, { knowsGroups: true }) ?? filled;
}

/** Refuses stages that ask too few people, or one twice. Without `knowsGroups`, the people of groups aren't known yet. */
export function refuseStages(action: Parameters<typeof stageProblems>[0], known: { knowsGroups?: boolean } = {}): Refusal | null {
  const [problem] = stageProblems(action, known);
  if (!problem) return null;
  const { message } = problem;
  // Where a group is chosen, its people are no field of the form.
  const asksGroup = (rule: number) =>
    action.ruleApprovers?.some((one) => one.group !== undefined && one.rule === action.policy?.rules?.rules[rule]?.name);
  const path = problem.path
    .join(".")
    .replace(/^(policy\.rules\.rules\.)(\d+)\.ask\.people$/, (people, list: string, index: string) =>
      asksGroup(Number(index)) ? `${list}${index}.ask.group` : people,
    )
    .replace("approverEmails", (action.approverGroup ?? null) === null ? "approverEmails" : "approverGroup")
    .replace(/(\d+)\.people$/, (people, index: string) =>
      action.laterStages[Number(index)]?.group === undefined ? people : `${index}.group`,
    );
  return refuseField(path, `${message.charAt(0).toUpperCase()}${message.slice(1)}.`);
}

/** Only an action that asked a group before may go on asking it once everybody has left it. */
export function refuseNewEmptyGroup(
  before: Pick<Approvers, "approverGroup">,
  { approverGroup, approverEmails }: Pick<Approvers, "approverGroup" | "approverEmails">,
): Refusal | null {
  if (approverGroup === null || approverEmails.length > 0 || before.approverGroup === approverGroup) return null;
  return refuseEmptyGroup("approverGroup", approverGroup);
}

function refuseEmptyGroup(path: string, group: string): Refusal {
  return refuseField(path, `The group “${group}” has no members. Add one first, or name people.`);
}

async function readMembers({ db, workspaceId }: WorkspaceContext, names: readonly string[]): Promise<Map<string, string[]>> {
  await db.$executeRaw`SELECT FROM approver_groups WHERE workspace_id = ${workspaceId}::uuid AND name = ANY(${[...names]}) ORDER BY id FOR SHARE`;
  const groups = await db.approverGroup.findMany({
    where: { workspaceId, name: { in: [...names] } },
    include: { members: { include: { member: { include: { user: true } } } } },
  });
  return new Map(groups.map(({ name, members }) => [name, members.map(({ member }) => member.user.email).sort()]));
}
