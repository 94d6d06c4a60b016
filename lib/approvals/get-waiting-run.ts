import { getEarlierRuns } from "@/lib/action-runs/list/get-earlier-runs";
import { findRunFreeze } from "@/lib/action-runs/status/refuse-frozen";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { decidingContext } from "@/lib/auth/deciding-context";
import { type DecisionLink, type EmailDelivery, Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type ApprovalStage, type Approvals, stagesOf } from "@/lib/domain/runs/approvals";
import { isUnclaimed } from "@/lib/domain/runs/claim-state";
import { deliveryNews } from "@/lib/domain/runs/delivery-state";
import { isOver, type RunClock } from "@/lib/domain/runs/run-clock";
import { EXPIRY_EFFECT } from "@/lib/domain/runs/statuses";
import { type GrantOffer, offerGrant } from "@/lib/grants/offer-grant";
import { presentTime } from "@/lib/present-time";
import type { MemberContext, UserContext } from "@/lib/security/context";
import { hasPermission } from "@/lib/security/require-permission";
import { findIdentical } from "./identical-requests";
import { type RequestWithRun, requestView, requestWithRun, standInsOf, takenOverFrom } from "./link-with-run";
import { approversOf } from "./read-approvals";
import { refuseApproved } from "./refuse-unasked";
import type { DecidedWaitingRun, Decider, OpenWaitingRun } from "./waiting-run";

/** Returns one run that this person may decide, or could have. Null for foreign, missing and malformed ids alike. */
export async function getWaitingRun(user: UserContext, runId: string): Promise<OpenWaitingRun | DecidedWaitingRun | null> {
  const ctx = await decidingContext(user, runId);
  if (!ctx) return null;
  const request = await ctx.db.approvalRequest.findFirst({ where: { workspaceId: ctx.workspaceId, runId }, include: requestWithRun });
  const decision = request && requestView(request, ctx.actor.email, await presentTime());
  if (!decision) return null;
  const { run } = request;
  const isMember = (await ctx.db.member.count({ where: { workspaceId: ctx.workspaceId, userId: ctx.actor.userId } })) > 0;
  const common = { workspaceId: ctx.workspaceId, isMember, decision };
  const clock = await readRunClock(ctx.db, runId);
  if (run.governanceStatus !== "pending_approval" || isOver(decision.expiresAt, clock))
    return { ...common, state: "decided", ...outcomeOf(request), canRevoke: canRevoke(request, ctx.actor.email, clock) };
  const refusal = refuseApproved(request, run.votes, ctx.actor.email);
  return {
    ...common,
    state: "waiting",
    closed: refusal && { detail: refusal.detail, canRevoke: refusal.fields?.can_revoke === true },
    frozen: clock.frozenSince === null ? null : await findRunFreeze(ctx, runId),
    threshold: run.policyVersion?.threshold ?? null,
    payloadBytes: Buffer.byteLength(run.payloadText ?? ""),
    isApprovable: decision.mayApprove || (await hasSecondEyes(ctx, request, decision.approvals)),
    deciders: await listDeciders(ctx, request, isMember),
    earlier: await getEarlierRuns(ctx, runId),
    identicalIds: (await findIdentical(user, [runId])).get(runId) ?? [],
    mailNotSentReason: run.mailNotSentReason,
    grantOffer: refusal === null && decision.mayApprove && clock.frozenSince === null ? await findOffer(ctx, runId) : null,
    canReassign: isMember && (await canReassign(ctx, request)),
  };
}

async function findOffer(ctx: MemberContext, runId: string): Promise<GrantOffer | null> {
  const offered = await offerGrant(ctx, { runId, person: ctx.actor.email });
  return offered.ok ? offered.offer : null;
}

/** Read only for those whom four eyes keep from approving: whether others can. */
async function hasSecondEyes({ db, workspaceId }: MemberContext, request: RequestWithRun, approvals: Approvals | null): Promise<boolean> {
  const { approverEmails, run } = request;
  const maker = run.apiKey.createdBy;
  const [row] = await db.$queryRaw<{ has: boolean }[]>(
    approvals
      ? Prisma.sql`SELECT daai_has_enough_eyes(${workspaceId}::uuid, ${JSON.stringify(stagesLeft(request, approvals))}::jsonb,
          ${escalationOf(run)}, ${[maker, ...approvals.votes.map(({ by }) => by)]}) AS has`
      : Prisma.sql`SELECT daai_has_second_eyes(${workspaceId}::uuid, ${approverEmails}, ${maker}, ${DECIDERS}) AS has`,
  );
  return row?.has ?? false;
}

/** Whom the action, or else the workspace, names as escalation contacts. */
function escalationOf({ action, workspace }: RequestWithRun["run"]): string[] {
  const own = action?.escalationEmails ?? [];
  return own.length > 0 ? own : workspace.escalationEmails;
}

/** What is still to be approved, and by whom. */
function stagesLeft(request: RequestWithRun, { stage, required, given }: Approvals): ApprovalStage[] {
  const later = (stagesOf(request) ?? []).slice(stage);
  return [{ approvals: required - given, people: request.approverEmails }, ...later];
}

async function canReassign(ctx: MemberContext, { approverEmails }: RequestWithRun): Promise<boolean> {
  return approverEmails.some((email) => isSamePerson(email, ctx.actor.email)) || hasPermission(ctx, "run.reassign");
}

function outcomeOf({ run, expiresAt }: RequestWithRun) {
  const isPending = run.governanceStatus === "pending_approval";
  return {
    // Overdue, and about to be expired by the worker.
    status: isPending ? ("rejected" as const) : (run.governanceStatus as DecidedWaitingRun["status"]),
    reason: isPending ? EXPIRY_EFFECT.reason : run.governanceReason,
    decidedBy: run.decidedBy,
    decidedAt: run.decidedAt ?? expiresAt,
    comment: run.decisionComment,
    executionStatus: run.executionStatus as DecidedWaitingRun["executionStatus"],
  };
}

function canRevoke({ run }: RequestWithRun, reader: string, clock: RunClock): boolean {
  return approversOf(run).some((approver) => isSamePerson(approver, reader)) && isUnclaimed(run, clock);
}

/** Those who were asked, the reader first. Members also see whose role may decide, where one approval is enough. */
async function listDeciders({ db, workspaceId, actor }: MemberContext, request: RequestWithRun, isMember: boolean): Promise<Decider[]> {
  const { runId, approverEmails, links, run } = request;
  const [users, mails, members] = await Promise.all([
    db.user.findMany({ where: { email: { in: approverEmails } }, select: { email: true, name: true } }),
    db.emailDelivery.findMany({ where: { workspaceId, runId }, orderBy: { id: "asc" } }),
    isMember && request.stages === null
      ? db.member.findMany({
          where: { workspaceId, role: { in: DECIDERS } },
          select: { user: { select: { email: true, name: true } } },
          take: 50,
        })
      : [],
  ]);
  const names = new Map(users.map(({ email, name }) => [email, name]));
  const mailTo = new Map(mails.map((mail) => [mail.toEmail, stateOf(mail, links)]));
  const standIns = standInsOf(links);
  const asked = approverEmails.map((email) => ({ email, name: names.get(email) ?? null, mail: mailTo.get(email) ?? null }));
  const others = members.map(({ user }) => ({ ...user, mail: null })).filter(({ email }) => !approverEmails.includes(email));
  return [...asked, ...others]
    .map((person) => ({
      ...person,
      isReader: person.email === actor.email,
      standsInFor: standIns.get(person.email) ?? null,
      takenOverFrom: takenOverFrom(run.reassignments, person.email),
    }))
    .sort((a, b) => Number(b.isReader) - Number(a.isReader));
}

/** The status of the newest email to an approver. An opened page outranks it. */
function stateOf(mail: EmailDelivery, links: readonly Pick<DecisionLink, "approverEmail" | "openedAt">[]): NonNullable<Decider["mail"]> {
  const openedAt = links.find((link) => link.approverEmail === mail.toEmail && link.openedAt !== null)?.openedAt;
  if (openedAt) return { state: "opened", at: openedAt, attempts: mail.attempts, reason: null };
  return { ...deliveryNews(mail), attempts: mail.attempts, reason: mail.bounceReason ?? mail.lastError };
}
