import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { lockMembers } from "@/lib/approvers/lock-members";
import { mayTakeOverRun, reassignRequests } from "@/lib/approvers/reassign-requests";
import { openRequests } from "@/lib/approvers/withdraw-approver";
import { Prisma } from "@/lib/db/generated/client";
import { inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type Actor, type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { decidedFields } from "./refuse-decided";

type Reassigner = WorkspaceContext<Extract<Actor, { type: "user" | "operator" }>>;

/** Requests reassigned in one transaction, which holds back decisions in the workspace. */
const BATCH = 100;
/** Requests reassigned in one call. The rest need another. */
const MOST_AT_ONCE = 1000;

/**
 * Reassigns one pending run from an approver to someone else, and the identical ones that are shown as one with it. It competes with the
 * first approver's decision: exactly one wins.
 */
export function reassignRun(
  ctx: Reassigner,
  { runId, identicalIds = [], from, to }: { runId: string; identicalIds?: readonly string[]; from: string; to: string },
): Promise<{ ok: true; reassigned: number } | Refusal> {
  if (isSamePerson(from, to)) return Promise.resolve(refuseSamePerson());
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requireReassigning(inner, from);
    await lockMembers(inner);
    const done = await reassignRequests(inner, { from, to, of: Prisma.sql`AND run.id = ANY(${[runId, ...identicalIds]}::uuid[])` });
    return done.length > 0 ? { ok: true, reassigned: done.length } : refuseReassignment(inner, { runId, from, to });
  });
}

/** Reassigns all pending requests of an approver, in batches. Those that the other person can't take over stay where they are. */
export async function reassignAll(
  ctx: Reassigner,
  { from, to }: { from: string; to: string },
): Promise<{ ok: true; reassigned: number; remaining: number } | Refusal> {
  if (isSamePerson(from, to)) return refuseSamePerson();
  let reassigned = 0;
  for (;;) {
    const done = await inTransaction(ctx.db, async (tx) => {
      const inner = withDb(ctx, tx);
      await requireReassigning(inner, from);
      await lockMembers(inner);
      return reassignRequests(inner, { from, to, most: Math.min(BATCH, MOST_AT_ONCE - reassigned) });
    });
    reassigned += done.length;
    if (done.length < BATCH || reassigned >= MOST_AT_ONCE) break;
  }
  const remaining = await countOpen(ctx, from);
  if (reassigned > 0) return { ok: true, reassigned, remaining };
  return remaining === 0
    ? refuse("not_found", `${from} has no pending requests in this workspace.`)
    : refuse("not_permitted", refusalOf(to));
}

/** People reassign their own requests. Others' need the permission. */
async function requireReassigning(ctx: Reassigner, from: string): Promise<void> {
  const { actor } = ctx;
  if (actor.type === "user" && isSamePerson(actor.email, from)) return requirePermission(ctx, "run.read");
  await requirePermission(ctx, "run.reassign");
}

async function countOpen({ db, workspaceId }: WorkspaceContext, email: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${openRequests(workspaceId, email)}) open`;
  return row?.count ?? 0;
}

function refuseSamePerson(): Refusal {
  return refuse("validation_failed", "Choose someone else: both addresses belong to the same person.");
}

function refusalOf(to: string): string {
  return `${to} can't decide this. Choose a member whose role can decide, or an approver of the action or the workspace.`;
}

/** Explains why nothing was reassigned. Under the same lock, so no decision is made meanwhile. */
async function refuseReassignment(
  { db, workspaceId }: WorkspaceContext,
  { runId, from, to }: { runId: string; from: string; to: string },
): Promise<Refusal> {
  const run = await db.actionRun.findFirst({ where: { id: runId, workspaceId }, include: { decision: true, approvalRequest: true } });
  if (!run?.approvalRequest) return refuseUnknownRun();
  if (run.governanceStatus !== "pending_approval") return refuse("already_decided", lateDetail(run), { fields: decidedFields(run) });
  if (!run.approvalRequest.approverEmails.some((asked) => isSamePerson(asked, from)))
    return refuse("validation_failed", `${from} isn't asked to decide this run. It may have been reassigned already.`);
  const [state] = await db.$queryRaw<{ is_own: boolean; may: boolean }[]>`
    SELECT daai_person(key.created_by) = daai_person(${to}) AND action.requires_four_eyes AS is_own, ${mayTakeOverRun(to)} AS may
    FROM action_runs run JOIN api_keys key ON key.id = run.api_key_id JOIN registered_actions action ON action.id = run.action_id
    WHERE run.workspace_id = ${workspaceId}::uuid AND run.id = ${runId}::uuid`;
  // Its approval window has ended, and nothing has written that down yet.
  if (state?.may) return refuse("already_decided", "The approval window has ended, so there is nothing left to decide.");
  return state?.is_own
    ? refuse("four_eyes", `This run was proposed with a key that ${to} created, so they can't approve it. Choose someone else.`)
    : refuse("not_permitted", refusalOf(to));
}

function lateDetail({ governanceStatus, decidedBy }: { governanceStatus: string; decidedBy: string | null }): string {
  return `The run is already ${governanceStatus}${decidedBy === null ? "" : ` by ${decidedBy}`}, so it can't be reassigned.`;
}
