import type { Role } from "@/lib/domain/access/roles";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { GovernanceReason } from "@/lib/domain/policy/governance-reasons";
import type { PolicyType } from "@/lib/domain/policy/policy-types";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { ExecutionStatus, GovernanceStatus } from "./statuses";

/** Columns of text that hold one of a fixed set of values, by name. */
interface CheckedTexts {
  role: Role;
  riskLevel: RiskLevel;
  policyType: PolicyType;
  governanceStatus: GovernanceStatus;
  governanceReason: GovernanceReason;
  policyReason: GovernanceReason;
  executionStatus: ExecutionStatus;
  askReason: AskReason;
}

export type Checked<Row> = {
  [Name in keyof Row]: Name extends keyof CheckedTexts
    ? Row[Name] extends string | null
      ? CheckedTexts[Name] | Exclude<Row[Name], string>
      : Row[Name]
    : Row[Name];
};

/**
 * Narrows a row's text columns to the values that the database's CHECKs and the application allow. Prisma types them as strings. Changes
 * nothing at runtime.
 */
export function checked<Row extends object | null>(row: Row): Checked<Row> {
  return row as Checked<Row>;
}
