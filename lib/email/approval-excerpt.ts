import { policyRows, remainingRows } from "@/lib/domain/policy/payload-rows";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { ApprovalMessages } from "./approval-messages";
import { excerptRows, excerptText, type RowsExcerpt } from "./mail-excerpt";

/** The part of a run that its email shows. The page shows all of it. */
export interface ApprovalExcerpt {
  readonly decision: DecisionView;
  readonly words: ApprovalMessages;
  /** What the policy looked at. */
  readonly read: RowsExcerpt;
  /** The rest of the payload. */
  readonly rest: RowsExcerpt;
}

/**
 * Bytes of HTML that each part of an email may take. With the frame and warnings they stay below 90 KB. From about 100 KB, mail programs
 * cut off the end, which says whose link it is and not to forward it. What people and honest agents write is far shorter.
 */
const MOST = {
  from: 2_000,
  actor: 1_500,
  sentence: 5_000,
  currency: 800,
  recipient: 2_500,
  reasoning: 10_000,
  source: 1_200,
  why: 4_000,
  others: 3_000,
  previous: 4_000,
};
const MAX_READ = 6_000;
const MAX_REST = 20_000;

export function approvalExcerpt(decision: DecisionView, words: ApprovalMessages): ApprovalExcerpt {
  const { policy, payload, reasoning, amount, source } = decision;
  const orNull = (text: string | null, most: number) => (text === null ? null : excerptText(text, most));
  return {
    decision: {
      ...decision,
      actor: orNull(decision.actor, MOST.actor),
      sentence: excerptText(decision.sentence, MOST.sentence),
      recipient: orNull(decision.recipient, MOST.recipient),
      amount: amount && { ...amount, currency: orNull(amount.currency, MOST.currency) },
      reasoning: orNull(reasoning, MOST.reasoning),
      source: source && { type: orNull(source.type, MOST.source), ref: orNull(source.ref, MOST.source) },
      policy: { ...policy, explanation: excerptText(policy.explanation, MOST.why) },
    },
    words: {
      ...words,
      from: excerptText(words.from, MOST.from),
      othersAsked: excerptText(words.othersAsked, MOST.others),
      previous: orNull(words.previous, MOST.previous),
      changed: orNull(words.changed, MOST.previous),
    },
    read: excerptRows(policyRows(policy.fields), MAX_READ),
    rest: excerptRows(remainingRows(payload, { fields: policy.fields, reasoning }), MAX_REST),
  };
}
