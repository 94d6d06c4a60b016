import type { RiskLevel } from "@/lib/domain/risk-levels";
import type { Decision } from "@/lib/domain/statuses";

/** Whether the console asks once more, as the page behind a mailed link always does: before it approves what is critical. */
export function needsSecondStep(decision: Decision, riskLevel: RiskLevel): boolean {
  return decision === "approve" && riskLevel === "critical";
}
