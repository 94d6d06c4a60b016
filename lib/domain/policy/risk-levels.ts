/** From least to most. */
export const RISK_LEVELS = ["low", "medium", "high", "critical"] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** 0 for low to 3 for critical, for sorting and for the bars that can be counted. */
export function riskRank(level: RiskLevel): number {
  return RISK_LEVELS.indexOf(level);
}
