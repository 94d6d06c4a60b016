import { randomUUID } from "node:crypto";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { answersQuestion, type GrantLimits, grantRefusal, isGrantable, type Question } from "@/lib/domain/grants/grant";
import { factsText, type GrantedProposal, readGrantedAmount } from "@/lib/domain/grants/grant-facts";
import type { ReceiptGrant } from "@/lib/domain/log/decision-receipt-body";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";

/** A live grant, as a snapshot has it. How much of it is used, only the database knows. */
export interface SnapshotGrant {
  readonly id: string;
  readonly runId: string;
  readonly givenBy: string;
  readonly givenAt: string;
  readonly confirmedBy: string | null;
  readonly askedReason: GovernanceReason;
  readonly askedRule: string | null;
  readonly facts: readonly string[];
  readonly factsText: string;
  readonly currency: string | null;
  readonly amountEach: string | null;
  readonly total: string | null;
  readonly maxUses: number;
  readonly endsAt: string;
}

/** What `daai_intercept` is told of an action's grants: the one that allows the run, or those that were tried before a person is asked. */
export interface GrantColumn {
  readonly id?: string;
  readonly facts_text?: string;
  readonly asked_reason?: GovernanceReason;
  readonly asked_rule?: string | null;
  readonly deciders?: readonly string[];
  /** Stands in the receipt for what only the database knows. Random, so that no text of the agent's can be mistaken for it. */
  readonly mark?: string;
  readonly known?: readonly string[];
}

export interface ChosenGrant {
  readonly column: GrantColumn;
  readonly receipt: ReceiptGrant;
}

/** The first grant that answers what is asked about a proposal, beside those that the database refused; null: a person is asked. */
export function chooseGrant(
  grants: readonly SnapshotGrant[],
  asked: Question,
  proposal: GrantedProposal & { readonly amountField: string; readonly currencyField: string; readonly now: Date },
  refused: readonly string[],
): ChosenGrant | null {
  if (grants.length === 0 || !isGrantable(asked.reason)) return null;
  const counted = readGrantedAmount(proposal.payload, proposal);
  if (counted === "unreadable") return null;
  const chosen = grants.find(
    (grant) =>
      !refused.includes(grant.id) &&
      answersQuestion({ reason: grant.askedReason, rule: grant.askedRule }, asked) &&
      grantRefusal(asUnused(grant), { uses: 0, used: "0" }, counted, proposal.now) === null &&
      factsText(grant.facts, proposal) === grant.factsText,
  );
  if (!chosen) return null;
  const mark = randomUUID();
  return {
    column: {
      id: chosen.id,
      facts_text: chosen.factsText,
      asked_reason: asked.reason,
      asked_rule: asked.rule,
      deciders: DECIDERS,
      mark,
    },
    receipt: { ...chosen, grantId: chosen.id, askedReason: asked.reason, usesBefore: `${mark}-uses`, usedBefore: `${mark}-used` },
  };
}

function asUnused(grant: SnapshotGrant): Parameters<typeof grantRefusal>[0] {
  const limits: GrantLimits = { ...grant, endsAt: new Date(grant.endsAt) };
  return { ...limits, needsConfirmation: false, confirmedAt: null, endedAt: null };
}
