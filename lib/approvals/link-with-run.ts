import { circumstancesOf } from "@/lib/action-runs/status/circumstances-of";
import type { Prisma } from "@/lib/db/generated/client";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { JsonObject } from "@/lib/domain/json-value";
import { explainPolicy } from "@/lib/domain/policy/policy-explanation";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { Absent, DecisionView } from "@/lib/domain/runs/decision-view";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import type { AnyContext } from "@/lib/security/context";

/** A request's run with everything that is shown of it. */
export const requestWithRun = {
  links: {
    where: { OR: [{ standsInFor: { not: null } }, { openedAt: { not: null } }] },
    select: { approverEmail: true, standsInFor: true, standsInUntil: true, openedAt: true },
    orderBy: { id: "asc" },
  },
  run: {
    include: { workspace: true, action: true, policyVersion: true, decision: true, apiKey: { select: { createdBy: true, name: true } } },
  },
} satisfies Prisma.ApprovalRequestInclude;

export type RequestWithRun = Prisma.ApprovalRequestGetPayload<{ include: typeof requestWithRun }>;

const linkWithRun = { approvalRequest: { include: requestWithRun } } satisfies Prisma.DecisionLinkInclude;

export type LinkWithRun = Prisma.DecisionLinkGetPayload<{ include: typeof linkWithRun }>;

/**
 * The parts are read one after the other. A decision made meanwhile is seen in some of them only, so they are read again:
 * now it is in all of them, and there is no second one.
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
 * What a request asks, as it is shown to the person who decides. Of a run that was erased, which is one that is decided, it
 * tells what its receipt does. Null: not a run that anybody is asked about.
 */
export function requestView({ run, approverEmails, policyReason, links }: RequestWithRun, approverEmail: string): DecisionView | null {
  const { action, policyVersion, payloadText } = run;
  if (!action || !policyVersion || run.expiresAt === null) return null;
  const payload = payloadText === null ? {} : (JSON.parse(payloadText) as JsonObject);
  const rule = policyRuleOf(policyVersion);
  const reason = checked({ policyReason }).policyReason;
  const { sentence, fields } = explainPolicy(rule, payload, reason, { rule: run.policyRule, circumstances: circumstancesOf(run) });
  return {
    runId: run.id,
    workspace: { name: run.workspace.name, clientName: run.workspace.clientName },
    action: {
      name: action.name,
      // As they were when the run was proposed: the receipt says the same.
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
    approverEmail,
    askedEmails: approverEmails,
    standsInFor: standInsOf(links).get(approverEmail) ?? null,
    createdAt: run.createdAt,
    expiresAt: run.expiresAt,
  };
}

/** By approver: in whose place they were asked, the last time that they were. */
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
