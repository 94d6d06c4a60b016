import { listAskedInstead } from "@/lib/approvers/list-asked-instead";
import { openRequests } from "@/lib/approvers/withdraw-approver";
import { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { getAction } from "./list-actions";
import type { ActionSettings } from "./schema";

type Lists = Pick<ActionSettings, "approverEmails" | "escalationEmails">;

/** What an edit ends for an approver whom the action no longer lists. */
export interface DroppedApprover {
  readonly email: string;
  /** Pending runs about which they were asked. */
  readonly runs: number;
  readonly askedInstead: string[];
}

/** Whom the action lists before an edit, and not after it. */
export function droppedApprovers(before: Lists, after: Lists): string[] {
  const named = [...after.approverEmails, ...after.escalationEmails];
  return [...new Set([...before.approverEmails, ...before.escalationEmails])].filter((email) => !named.includes(email));
}

/** Limits open requests to one action's. */
export function runsOfAction(actionId: string): Prisma.Sql {
  return Prisma.sql`AND run.action_id = ${actionId}::uuid`;
}

/** Returns what saving these lists would end: the dropped approvers with pending requests, and who is asked instead. */
export async function getDroppedApprovers(
  ctx: MemberContext,
  { name, ...after }: Lists & { name: string },
): Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal> {
  await requirePermission(ctx, "approver.manage");
  const action = await getAction(ctx, name);
  if (!action) return refuse("not_found", "This action no longer exists.");
  const emails = droppedApprovers(action, after);
  const dropped: DroppedApprover[] = [];
  for (const email of emails) {
    const open = openRequests(ctx.workspaceId, email, runsOfAction(action.id));
    const [row] = await ctx.db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${open}) open`;
    if (!row || row.count === 0) continue;
    const asked = await listAskedInstead(ctx.db, open, email, after.approverEmails);
    dropped.push({ email, runs: row.count, askedInstead: asked.filter((one) => !emails.some((other) => isSamePerson(one, other))) });
  }
  return { ok: true, dropped };
}
