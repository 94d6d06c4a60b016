import type { BudgetUse } from "@/lib/domain/budgets/budget-use";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import type { OfferedField } from "@/lib/domain/policy/change-fields";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { PolicyType } from "@/lib/domain/policy/policy-types";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Approvals } from "./approvals";
import type { PayloadChangeView } from "./payload-change";
import type { PreviousAttempt } from "./previous-attempt";

/** An absent approver, and until when. */
export interface Absent {
  readonly email: string;
  readonly until: Date;
}

/** What an approver is shown of a pending run. Texts of the agent are to be shown as its words, never as the console's. */
export interface DecisionView {
  runId: string;
  /** Someone is trying the action from the console: nothing runs, whatever is decided. */
  isTest: boolean;
  workspace: { name: string; clientName: string };
  action: {
    name: string;
    title: string;
    description: string;
    riskLevel: RiskLevel;
    requiresRejectComment: boolean;
  };
  /** False: the approver made the key that proposed the run, and its action asks for four eyes. Rejecting and blocking stay. */
  mayApprove: boolean;
  actor: string | null;
  /** What the agent wants to do; completes "… wants to". */
  sentence: string;
  amount: { decimal: string; currency: string | null } | null;
  recipient: string | null;
  reasoning: string | null;
  source: { type: string | null; ref: string | null } | null;
  /** What would be approved now. */
  payload: JsonObject;
  /** Its hash in hex, to which an approval is bound. */
  payloadHash: string;
  /** The app executes with the payload of its claim, so the request can be approved with a change. */
  acceptsChanges: boolean;
  /** The fields that a person may change, with what was proposed. Empty: none. */
  changeable: readonly OfferedField[];
  /** Who changed it since it was proposed, and how; of a decided one, what was approved with a change or proposed with a rejection. */
  changed: PayloadChangeView | null;
  /** What the agent proposed. */
  proposed: JsonObject;
  policy: {
    type: PolicyType;
    version: number;
    reason: GovernanceReason;
    /** The rule that asked; null when none applied, or the policy has no rules. */
    rule: string | null;
    explanation: string;
    fields: { name: string; value: JsonValue | undefined }[];
  };
  /** That counted the run, the one that it goes over first. */
  budgets: BudgetUse[];
  approverEmail: string;
  /** Where several approvals are needed, only those who are asked now and haven't answered. */
  askedEmails: string[];
  /** How far the approvals are; null: one is enough. */
  approvals: Approvals | null;
  /** In whose place the approver is asked; null: in their own name. */
  standsInFor: Absent | null;
  /** Who reassigned the request to the approver; null: nobody did. */
  takenOverFrom: string | null;
  /** The request that this one repeats under its idempotency key; null: it's the first. */
  previous: PreviousAttempt | null;
  createdAt: Date;
  expiresAt: Date;
}
