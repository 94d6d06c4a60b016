import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { Decision } from "./statuses";

/** Whether the console asks for confirmation before approving a critical run, as emailed links always do. */
export function needsSecondStep(decision: Decision, riskLevel: RiskLevel): boolean {
  return decision === "approve" && riskLevel === "critical";
}
