import { type DroppedApprover, droppedApprovers, listDroppedApprovers } from "@/lib/approvers/dropped-approvers";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { runsOfAction, savedLists } from "@/lib/registered-actions/get-dropped-approvers";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { refuseUnknownGroup } from "./change-groups";
import { listAskingActions } from "./list-asking-actions";

/** Returns what saving these members of a group would end, in all actions that ask it. */
export async function getDroppedFromGroup(
  ctx: WorkspaceContext,
  { id, members }: { id: string; members: readonly string[] },
): Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal> {
  await requirePermission(ctx, "approver.manage");
  const { db, workspaceId } = ctx;
  const group = await db.approverGroup.findFirst({ where: { workspaceId, id } });
  if (!group) return refuseUnknownGroup();
  const byPerson = new Map<string, DroppedApprover>();
  for (const action of await listAskingActions(ctx, group.name)) {
    const before = settingsOf(action);
    const withMembers = <Stage extends { people: string[]; group?: string }>(stage: Stage) =>
      stage.group === group.name ? { ...stage, people: [...members] } : stage;
    const after = {
      ...before,
      approverEmails: before.approverGroup === group.name ? [...members] : before.approverEmails,
      laterStages: before.laterStages.map(withMembers),
      ruleApprovers: before.ruleApprovers.map(withMembers),
    };
    const of = () => runsOfAction(action.id);
    for (const one of await listDroppedApprovers(ctx, droppedApprovers(before, after), of, savedLists(after)))
      byPerson.set(one.email, together(one, byPerson.get(one.email)));
  }
  return { ok: true, dropped: [...byPerson.values()] };
}

function together(one: DroppedApprover, other: DroppedApprover | undefined): DroppedApprover {
  if (!other) return one;
  return {
    email: one.email,
    runs: one.runs + other.runs,
    approvals: one.approvals + other.approvals,
    askedInstead: [...new Set([...other.askedInstead, ...one.askedInstead])],
  };
}
