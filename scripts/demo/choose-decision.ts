import { compareDecimals } from "@/lib/domain/policy/amounts";
import type { Decision } from "@/lib/domain/runs/statuses";

/** What the demo's approver looks at. */
export interface Request {
  /** Null when there is none, or none that can be read. */
  readonly amount: string | null;
  readonly remark: string | null;
}

export interface Choice {
  readonly decision: Decision;
  readonly comment: string | null;
}

/** Above this amount, the approver would rather ask someone else first. */
const TOO_MUCH = "50000";

/** How the demo's approver decides; null leaves the run waiting. */
export function chooseDecision({ amount, remark }: Request): Choice | null {
  if (amount === null) return { decision: "reject", comment: "Which amount? Correct the invoice first." };
  if (/insolven/i.test(remark ?? "")) return { decision: "block", comment: "Only the administrator may be contacted." };
  if (/disput/i.test(remark ?? "")) return { decision: "reject", comment: "Settle the dispute first." };
  if (compareDecimals(amount, TOO_MUCH) > 0) return null;
  return { decision: "approve", comment: null };
}
