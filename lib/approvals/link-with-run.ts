import { circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import type { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { overBudgetText } from "@/lib/domain/budgets/budget-text";
import { budgetEntryColumns, budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import type { JsonObject } from "@/lib/domain/json-value";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { Absent, DecisionView } from "@/lib/domain/runs/decision-view";
import { previousAttempt, previousAttemptColumns } from "@/lib/domain/runs/previous-attempt";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import type { AnyContext } from "@/lib/security/context";
import { approvalsOfRequest } from "./read-approvals";

/** A request's run with everything that pages show of it. */
export const requestWithRun = {
  links: {
    where: { OR: [{ standsInFor: { not: null } }, { openedAt: { not: null } }] },
    select: { approverEmail: true, standsInFor: true, standsInUntil: true, openedAt: true },
    orderBy: { id: "asc" },
  },
  run: {
    include: {
      workspace: true,
      action: true,
      policyVersion: true,
      decision: true,
      votes: { where: { revokedAt: null }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
      apiKey: { select: { createdBy: true, name: true } },
      reassignments: { orderBy: { id: "asc" } },
      previousRun: { select: previousAttemptColumns },
      budgetEntries: budgetEntryColumns,
    },
  },
} satisfies Prisma.ApprovalRequestInclude;

export type RequestWithRun = Prisma.ApprovalRequestGetPayload<{ include: typeof requestWithRun }>;

const linkWithRun = { approvalRequest: { include: requestWithRun } } satisfies Prisma.DecisionLinkInclude;

export type LinkWithRun = Prisma.DecisionLinkGetPayload<{ include: typeof linkWithRun }>;

/**
 * The parts are read in sequence, so a decision made meanwhile is visible in only some of them. In that case they are read again; a run is
 * decided only once.
 */
export async function findLink({ db }: AnyContext, where: Prisma.DecisionLinkWhereUniqueInput): Promise<LinkWithRun | null> {
  const read = () => db.decisionLink.findUnique({ where, include: linkWithRun });
  const link = await read();
  return link && isHalfDecided(link) ? read() : link;
}

function isHalfDecided({ id, usedAt, approvalRequest: { run } }: LinkWithRun): boolean {
  const isPending = run.governanceStatus === "pending_approval";
  return isPending === (run.decision !== null) || (run.decision?.linkId === id) !== (usedAt !== null);
}

export function decisionView(link: LinkWithRun): DecisionView | null {
  return requestView(link.approvalRequest, link.approverEmail);
}

/**
 * Returns a request as the approver sees it. For an erased run, which is always a decided one, only what its receipt contains. Null: not a
 * run that anyone is asked about.
 */
export function requestView(request: RequestWithRun, approverEmail: string): DecisionView | null {
  const { run, approverEmails, policyReason, links } = request;
  const { action, policyVersion, payloadText } = run;
  if (!action || !policyVersion || run.expiresAt === null) return null;
  const payload = payloadText === null ? {} : (JSON.parse(payloadText) as JsonObject);
  const rule = policyRuleOf(policyVersion);
  const reason = checked({ policyReason }).policyReason;
  const budgets = budgetUsesOf(run, new Date());
  const { sentence, fields } = explainPolicy(rule, payload, reason, {
    rule: run.policyRule,
    circumstances: circumstancesOf(run),
    overBudget: overBudgetText(budgets),
  });
  return {
    runId: run.id,
    isTest: run.isTest,
    workspace: { name: run.workspace.name, clientName: run.workspace.clientName },
    action: {
      name: action.name,
      // As they were when the run was proposed, like the receipt.
      title: run.actionTitle ?? action.title,
      description: action.description,
      riskLevel: checked(run).riskLevel ?? checked(action).riskLevel,
      requiresRejectComment: action.requiresRejectComment,
    },
    mayApprove: !(action.requiresFourEyes && isSamePerson(run.apiKey.createdBy, approverEmail)),
    actor: run.actor,
    sentence: run.sentence ?? erasedSentence({ name: action.name, title: run.actionTitle }),
    amount: run.amount === null ? null : { decimal: run.amount.toFixed(), currency: run.currency },
    recipient: run.recipient,
    reasoning: run.reasoning,
    source: run.sourceType === null && run.sourceRef === null ? null : { type: run.sourceType, ref: run.sourceRef },
    payload,
    policy: { type: rule.type, version: policyVersion.version, reason, rule: run.policyRule, explanation: sentence, fields },
    budgets,
    approverEmail,
    askedEmails: approverEmails,
    approvals: approvalsOfRequest(request, run.votes),
    standsInFor: standInsOf(links).get(approverEmail) ?? null,
    takenOverFrom: takenOverFrom(run.reassignments, approverEmail),
    previous: previousAttempt(run),
    createdAt: run.createdAt,
    expiresAt: run.expiresAt,
  };
}

/** From whom a request was last reassigned to this approver. */
export function takenOverFrom(reassignments: readonly { fromEmail: string; toEmail: string }[], approverEmail: string): string | null {
  return reassignments.findLast(({ toEmail }) => toEmail === approverEmail)?.fromEmail ?? null;
}

/** By approver: for whom they stood in when they were last asked. */
export function standInsOf(
  links: readonly { approverEmail: string; standsInFor: string | null; standsInUntil: Date | null }[],
): Map<string, Absent> {
  return new Map(
    links.flatMap((link) =>
      link.standsInFor === null || link.standsInUntil === null
        ? []
        : [[link.approverEmail, { email: link.standsInFor, until: link.standsInUntil }]],
    ),
  );
}
