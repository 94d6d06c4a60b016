import type { RiskLevel } from "@/lib/domain/policy/risk-levels";

export const RISK_LABELS: Readonly<Record<RiskLevel, string>> = {
  low: "Low risk",
  medium: "Medium risk",
  high: "High risk",
  critical: "Critical risk",
};
