import { listSuccessors, type Successor } from "@/lib/approvers/list-successors";
import { openRequests } from "@/lib/approvers/withdraw-approver";
import { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { MemberContext } from "@/lib/security/context";
import { hasPermission, requirePermission } from "@/lib/security/require-permission";

export interface ReassignmentChoices {
  /** Whose place the reader may give to someone else, themselves first. */
  readonly from: string[];
  readonly to: Successor[];
}

/** Returns who can reassign a pending run, and to whom. Empty lists: nobody, or the run is no longer pending. */
export async function getReassignmentChoices(
  ctx: MemberContext,
  { runId }: { runId: string },
): Promise<{ ok: true; choices: ReassignmentChoices }> {
  await requirePermission(ctx, "run.read");
  const { db, workspaceId, actor } = ctx;
  const request = await db.approvalRequest.findFirst({
    where: { workspaceId, runId, run: { governanceStatus: "pending_approval" } },
    select: { id: true, approverEmails: true },
  });
  if (!request) return { ok: true, choices: { from: [], to: [] } };
  const mayAny = await hasPermission(ctx, "run.reassign");
  const isOwn = (email: string) => isSamePerson(email, actor.email);
  const from = request.approverEmails.filter((email) => mayAny || isOwn(email)).sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const to = from.length === 0 ? [] : await listSuccessors(db, Prisma.sql`SELECT ${request.id}::uuid`, null);
  return { ok: true, choices: { from, to } };
}

/** Returns how many pending requests a member has, and who can take them over. */
export async function getMemberRequests(
  ctx: MemberContext,
  { userId }: { userId: string },
): Promise<{ ok: true; email: string; runs: number; to: Successor[] } | Refusal> {
  const { db, workspaceId, actor } = ctx;
  await requirePermission(ctx, actor.userId === userId ? "run.read" : "run.reassign");
  const member = await db.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } }, include: { user: true } });
  if (!member) return refuse("not_found", "This person is no longer a member of the workspace.");
  const { email } = member.user;
  const open = openRequests(workspaceId, email);
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${open}) open`;
  const runs = row?.count ?? 0;
  return { ok: true, email, runs, to: runs === 0 ? [] : await listSuccessors(db, open, email) };
}
