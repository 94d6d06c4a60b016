import { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { sentenceRest } from "@/lib/domain/policy/run-sentence";
import type { Money } from "@/lib/domain/policy/sum-amounts";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { UserContext } from "@/lib/security/context";
import { approversOf } from "./read-approvals";

export interface DecidedRequest {
  readonly decisionId: string;
  readonly runId: string;
  readonly actionName: string;
  readonly actionTitle: string;
  /** What the agent wanted, in its words, besides the action's title; null when the payload was erased. */
  readonly line: string | null;
  readonly amount: Money | null;
  readonly status: GovernanceStatus;
  /** The governance reason, which tells how it was rejected if no person did. */
  readonly reason: string;
  /** Everyone whose approval counted, or the one person who decided; the reader first. Empty: it expired, or the app withdrew it. */
  readonly deciders: readonly { readonly name: string; readonly email: string; readonly isReader: boolean }[];
  readonly decidedAt: Date;
  readonly workspaceName: string;
  /** null: the reader is no member, so they can't open the run and its receipt. */
  readonly paths: { readonly run: string; readonly receipt: string | null } | null;
}

export interface DecidedSearch {
  /** Only what the reader decided, or helped to approve. */
  readonly isOwn: boolean;
  /** Decisions older than this one: the next page. */
  readonly beforeId: string | null;
  readonly limit: number;
}

/**
 * Lists decided requests, newest first: those of every workspace whose runs the reader may decide, and their own decisions on runs they
 * were asked about elsewhere, while they can still open these.
 */
export async function listDecided(ctx: UserContext, search: DecidedSearch): Promise<DecidedRequest[]> {
  const { db, actor } = ctx;
  const ids = (await db.$queryRaw<{ id: string }[]>(decidedQuery(ctx, search))).map(({ id }) => id);
  const [decisions, memberships] = await Promise.all([
    db.decision.findMany({
      where: { id: { in: ids } },
      orderBy: { id: "desc" },
      include: {
        workspace: { select: { name: true } },
        run: {
          include: {
            receipts: { where: { kind: "decision" }, select: { id: true } },
            votes: { where: { revokedAt: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], select: { voter: true } },
          },
        },
      },
    }),
    db.member.findMany({ where: { userId: actor.userId }, select: { workspaceId: true } }),
  ]);
  const emails = [...new Set(decisions.flatMap((decision) => decidersOf(decision)))];
  const people = await db.user.findMany({ where: { email: { in: emails } }, select: { email: true, name: true } });
  const names = new Map(people.map(({ email, name }) => [email, name]));
  const mine = new Set(memberships.map(({ workspaceId }) => workspaceId));
  return decisions.map((decision) => {
    const { id, workspaceId, workspace, run, createdAt } = decision;
    const called = { name: run.actionName, title: run.actionTitle };
    const path = `/workspaces/${workspaceId}`;
    const receipt = run.receipts[0];
    return {
      decisionId: id,
      runId: run.id,
      actionName: run.actionName,
      actionTitle: run.actionTitle ?? run.actionName,
      line: run.sentence === null ? null : sentenceRest(run.sentence, called),
      amount: run.amount === null ? null : { decimal: run.amount.toFixed(), currency: run.currency },
      status: run.governanceStatus as GovernanceStatus,
      reason: run.governanceReason,
      deciders: decidersOf(decision)
        .map((email) => ({ name: names.get(email) ?? email, email, isReader: isSamePerson(email, actor.email) }))
        .sort((a, b) => Number(b.isReader) - Number(a.isReader)),
      decidedAt: createdAt,
      workspaceName: workspace.name,
      paths: mine.has(workspaceId)
        ? { run: `${path}/runs/${run.id}`, receipt: receipt === undefined ? null : `${path}/receipts/${receipt.id}` }
        : null,
    };
  });
}

/** Who made a decision: those whose approvals counted, or whoever decided otherwise. */
function decidersOf(decision: { decision: string; decidedBy: string | null; run: { votes: readonly { voter: string }[] } }): string[] {
  const approvers = approversOf({ decision, votes: decision.run.votes });
  return approvers.length > 0 || decision.decidedBy === null ? approvers : [decision.decidedBy];
}

/** At most `limit` ids, each part read straight from its index. */
export function decidedQuery({ actor }: UserContext, { isOwn, beforeId, limit }: DecidedSearch): Prisma.Sql {
  const isBefore = beforeId === null ? Prisma.sql`true` : Prisma.sql`d.id < ${beforeId}::uuid`;
  const isOpen = Prisma.sql`EXISTS (SELECT FROM approval_requests request WHERE request.workspace_id = d.workspace_id AND request.run_id = d.run_id
    AND daai_may_decide(d.workspace_id, request.approver_emails || daai_voters_like(d.workspace_id, d.run_id, ${actor.email}), ${actor.email}, true, ${DECIDERS}))`;
  const own = Prisma.sql`
    SELECT id FROM (
      (SELECT d.id FROM decisions d WHERE d.decided_by = ${actor.email} AND ${isBefore} AND ${isOpen} ORDER BY d.id DESC LIMIT ${limit})
      UNION
      (SELECT d.id FROM votes v JOIN decisions d ON d.workspace_id = v.workspace_id AND d.run_id = v.run_id
      WHERE daai_person(v.voter) = daai_person(${actor.email}) AND v.revoked_at IS NULL AND d.decision = 'approve' AND ${isBefore} AND ${isOpen}
      ORDER BY d.id DESC LIMIT ${limit})) decided
    ORDER BY id DESC LIMIT ${limit}`;
  if (isOwn) return own;
  return Prisma.sql`
    SELECT id FROM (
      SELECT decision.id FROM daai_decides_in(${actor.userId}::uuid, ${DECIDERS}) mine CROSS JOIN LATERAL (
        SELECT d.id FROM decisions d WHERE d.workspace_id = mine.workspace_id AND ${isBefore} ORDER BY d.id DESC LIMIT ${limit}) decision
      UNION (${own})) found
    ORDER BY id DESC LIMIT ${limit}`;
}
