import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Decision } from "./statuses";

/** Whether the console asks once more, as the page behind a mailed link always does: before it approves what is critical. */
export function needsSecondStep(decision: Decision, riskLevel: RiskLevel): boolean {
  return decision === "approve" && riskLevel === "critical";
}
