import { asProposed, circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import type { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { overBudgetText } from "@/lib/domain/budgets/budget-text";
import { budgetEntryColumns, budgetUsesOf } from "@/lib/domain/budgets/budget-use";
import type { JsonObject } from "@/lib/domain/json-value";
import { offeredFields } from "@/lib/domain/policy/change-fields";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { Absent, DecisionView } from "@/lib/domain/runs/decision-view";
import { changeView, currentChange, decidedChange } from "@/lib/domain/runs/payload-change";
import { previousAttempt, previousAttemptColumns } from "@/lib/domain/runs/previous-attempt";
import { presentTime } from "@/lib/present-time";
import { changeableFieldsOf, policyRuleOf } from "@/lib/registered-actions/policy-rule";
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
      payloadChanges: { orderBy: { id: "asc" } },
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

export async function decisionView(link: LinkWithRun): Promise<DecisionView | null> {
  return requestView(link.approvalRequest, link.approverEmail, await presentTime());
}

/**
 * Returns a request as the approver sees it. For an erased run, which is always a decided one, only what its receipt contains. Null: not a
 * run that anyone is asked about.
 */
export function requestView(request: RequestWithRun, approverEmail: string, now: Date): DecisionView | null {
  const { run, approverEmails, policyReason, links } = request;
  const { action, policyVersion, payloadText } = run;
  if (!action || !policyVersion || run.expiresAt === null) return null;
  const proposed = payloadText === null ? {} : (JSON.parse(payloadText) as JsonObject);
  const change = currentChange(run);
  const told = run.governanceStatus === "pending_approval" ? change : decidedChange(run);
  // What is decided on is what it was changed to; why people are asked is about what was proposed.
  const payload = change?.payloadText ? (JSON.parse(change.payloadText) as JsonObject) : proposed;
  const shown = change ?? run;
  const rule = policyRuleOf(policyVersion);
  const reason = checked({ policyReason }).policyReason;
  const budgets = budgetUsesOf(run, now);
  const { sentence, fields } = explainPolicy(rule, proposed, reason, {
    rule: run.policyRule,
    circumstances: circumstancesOf(asProposed(run)),
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
    // Of a decided request, what the agent wanted.
    sentence:
      (change?.appliedAt ? change.proposedSentence : shown.sentence) ?? erasedSentence({ name: action.name, title: run.actionTitle }),
    amount: shown.amount === null ? null : { decimal: shown.amount.toFixed(), currency: shown.currency },
    recipient: shown.recipient,
    reasoning: run.reasoning,
    source: run.sourceType === null && run.sourceRef === null ? null : { type: run.sourceType, ref: run.sourceRef },
    payload,
    payloadHash: Buffer.from(change?.payloadHash ?? run.payloadHash).toString("hex"),
    acceptsChanges: run.acceptsChanges,
    changeable: payloadText === null ? [] : offeredFields(proposed, changeableFieldsOf(policyVersion)),
    changed: told && changeView(told),
    proposed,
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
