import type { PolicyType } from "./policy-types";
import type { RiskLevel } from "./risk-levels";

/** From the least to the most dangerous answer. */
export const UNDO_ANSWERS = ["easily", "with_effort", "never"] as const;
export const REACH_ANSWERS = ["inside", "known", "new"] as const;

/** The answers to three plain questions about an action. */
export interface PolicyAnswers {
  /** Can it be undone? */
  undo: (typeof UNDO_ANSWERS)[number];
  /** Does it move money? */
  movesMoney: boolean;
  /** The amount above which to ask a person, as a plain decimal. null: ask for every amount. */
  askAbove: string | null;
  /** Whom the action reaches: only colleagues, existing contacts, or new ones as well. */
  reach: (typeof REACH_ANSWERS)[number];
}

export interface ProposedPolicy {
  type: PolicyType;
  threshold: string | null;
  riskLevel: RiskLevel;
  /** Why, in one sentence. */
  reason: string;
}

/** Proposes a policy by fixed rules; the person may still take another. What is worse is never asked about less. */
export function proposePolicy(answers: PolicyAnswers): ProposedPolicy {
  return answers.movesMoney ? proposeForMoney(answers) : proposeWithoutMoney(answers);
}

function proposeForMoney({ undo, reach, askAbove }: PolicyAnswers): ProposedPolicy {
  const riskLevel = ({ easily: "medium", with_effort: "high", never: "high" } as const)[undo];
  if (undo === "never" && reach === "new") {
    return {
      type: "always_require_approval",
      threshold: null,
      riskLevel: "critical",
      reason: "Money that goes to someone new and can’t come back deserves a look every time.",
    };
  }
  if (askAbove === null) {
    return {
      type: "always_require_approval",
      threshold: null,
      riskLevel,
      reason: "It moves money and you set no amount to allow, so a person decides every run.",
    };
  }
  return {
    type: "require_approval_above_amount",
    threshold: askAbove,
    riskLevel,
    reason: "It moves money. Small amounts don’t need to wait, and above your amount a person decides.",
  };
}

function proposeWithoutMoney({ undo, reach }: PolicyAnswers): ProposedPolicy {
  const [type, riskLevel, reason] = WITHOUT_MONEY[undo][reach];
  return { type, threshold: null, riskLevel, reason };
}

type Row = readonly [PolicyType, RiskLevel, string];

const WITHOUT_MONEY: Record<PolicyAnswers["undo"], Record<PolicyAnswers["reach"], Row>> = {
  easily: {
    inside: ["always_allow", "low", "It stays inside and is easily undone, so nobody needs to approve it. Every run still gets a receipt."],
    known: ["log_only", "low", "It is easily undone and reaches people you deal with already, so a record to look at later is enough."],
    new: ["require_approval_when_new_recipient", "medium", "It may reach someone new, so a person decides whenever the recipient is new."],
  },
  with_effort: {
    inside: [
      "require_approval_when_not_reversible",
      "medium",
      "It stays inside but is hard to undo, so a person decides unless your app says that this run can be reversed.",
    ],
    known: [
      "require_approval_when_external_recipient",
      "medium",
      "A mistake that leaves the company is hard to undo, so a person decides whenever the recipient is external.",
    ],
    new: [
      "require_approval_when_external_recipient",
      "high",
      "It may reach strangers and is hard to undo, so a person decides whenever the recipient is external.",
    ],
  },
  never: {
    inside: ["always_require_approval", "high", "An action that can’t be undone is worth a look every time."],
    known: ["always_require_approval", "high", "It reaches people outside and can’t be undone, so a person decides every time."],
    new: ["always_require_approval", "critical", "It may reach anyone and can’t be undone, so a person decides every time."],
  },
};
