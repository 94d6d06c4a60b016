import type { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { isGrantable } from "@/lib/domain/grants/grant";
import { type GrantedAmount, type GrantedProposal, type GrantFact, offeredFacts, readGrantedAmount } from "@/lib/domain/grants/grant-facts";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { type RuleApprovers, stagesOf } from "@/lib/domain/runs/approvals";
import { checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "@/lib/security/context";

/** What a person can be offered with the approval of a run: the same again. */
export interface GrantOffer extends GrantedAmount {
  readonly facts: readonly GrantFact[];
  /** Another approver has to confirm it. */
  readonly needsConfirmation: boolean;
}

const withAction = {
  apiKey: { select: { id: true, name: true } },
  budgetEntries: { where: { unreadable: { not: null } }, select: { budgetId: true }, take: 1 },
  action: true,
  policyVersion: true,
  approvalRequest: true,
} satisfies Prisma.ActionRunInclude;

export type GrantedRun = Prisma.ActionRunGetPayload<{ include: typeof withAction }>;

/**
 * Whether this person can approve the same again in advance, with what they can hold fixed. Only who could approve each of these runs alone, of
 * a run whose policy still applies and could read what it looked at.
 */
export async function offerGrant(
  { db, workspaceId }: WorkspaceContext,
  { runId, person }: { runId: string; person: string },
): Promise<{ ok: true; offer: GrantOffer; run: GrantedRun; proposal: GrantedProposal } | Refusal> {
  const run = await db.actionRun.findFirst({ where: { id: runId, workspaceId }, include: withAction });
  const { action, approvalRequest: request, policyVersion: policy } = run ?? {};
  if (!run || !action || !request || !policy || run.payloadText === null || run.isTest)
    return refuseOffer("The same can’t be approved in advance for this run.");
  if (stagesOf(request) !== null || action.approvals > 1 || (action.laterStages as unknown[]).length > 0)
    return refuseOffer("This action needs several approvals, so each run is decided on its own.");
  if (request.askedRule !== null || (action.ruleApprovers as unknown as RuleApprovers[]).some(({ rule }) => rule === run.policyRule))
    return refuseOffer("The rule that asks has approvers of its own, so each of its runs is decided on its own.");
  if (policy.version !== action.policyVersion) return refuseOffer("The action’s policy has changed since the run was proposed.");
  if (!isGrantable(checked(request).policyReason))
    return refuseOffer("The policy couldn’t read what it looks at, so each of these runs is decided on its own.");
  if (run.budgetEntries.length > 0)
    return refuseOffer("A budget couldn’t read what it counts, so each of these runs is decided on its own.");
  const payload = JSON.parse(run.payloadText) as JsonObject;
  const counted = readGrantedAmount(payload, policy);
  if (counted === "unreadable") return refuseOffer("The amount can’t be read, so the same can’t be approved in advance.");
  if (counted.amount !== null && Number(counted.amount) === 0)
    return refuseOffer("The amount is 0, so there is no limit to set for the same.");
  const [may] = await db.$queryRaw<{ could: boolean }[]>`
    SELECT daai_could_approve(a, ${person}, ${DECIDERS}) AS could FROM registered_actions a WHERE a.id = ${action.id}::uuid`;
  if (!may?.could) return refuseOffer("You’re asked about this run alone, so you can’t approve others in advance.");
  const { recipient, actor, sourceType, sourceRef, apiKey } = run;
  const source = sourceType === null && sourceRef === null ? null : { type: sourceType, ref: sourceRef };
  const proposal: GrantedProposal = { payload, recipient, actor, key: apiKey, source };
  const needsConfirmation = run.riskLevel === "critical" || action.riskLevel === "critical";
  return { ok: true, offer: { ...counted, facts: offeredFacts(proposal, policy), needsConfirmation }, run, proposal };
}

function refuseOffer(detail: string): Refusal {
  return refuse("not_permitted", detail);
}
