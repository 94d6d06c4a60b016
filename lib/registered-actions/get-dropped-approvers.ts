import { type DroppedApprover, droppedApprovers, listDroppedApprovers } from "@/lib/approvers/dropped-approvers";
import { Prisma } from "@/lib/db/generated/client";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { getAction } from "./list-actions";
import type { ActionSettings } from "./schema";
import { settingsOf } from "./settings-of";
import { withGroupMembers } from "./with-group-members";

/** Limits open requests to one action's. */
export function runsOfAction(actionId: string): Prisma.Sql {
  return Prisma.sql`AND run.action_id = ${actionId}::uuid`;
}

type Lists = Pick<ActionSettings, "approverEmails" | "approverGroup" | "laterStages" | "ruleApprovers" | "escalationEmails">;

/** The lists as they are about to be saved. */
export function savedLists({
  approverEmails,
  laterStages,
  ruleApprovers,
}: Pick<Lists, "approverEmails" | "laterStages" | "ruleApprovers">) {
  return { own: approverEmails, later: laterStages, ofRules: ruleApprovers };
}

/** Returns what saving these lists of an action would end: the dropped approvers with pending requests, and who is asked instead. */
export async function getDroppedApprovers(
  ctx: MemberContext,
  { name, ...lists }: Lists & { name: string },
): Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal> {
  await requirePermission(ctx, "approver.manage");
  const action = await getAction(ctx, name);
  if (!action) return refuse("not_found", "This action no longer exists.");
  const before = settingsOf(action);
  const after = await withGroupMembers(ctx, { ...before, ...lists, approvals: 1 });
  if ("ok" in after) return after;
  const of = () => runsOfAction(action.id);
  return { ok: true, dropped: await listDroppedApprovers(ctx, droppedApprovers(before, after), of, savedLists(after)) };
}
