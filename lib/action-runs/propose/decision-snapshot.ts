import { isKeyRefusalCode, refuseKeys } from "@/lib/api-keys/key-refusals";
import { noteOwnerOfKey } from "@/lib/api-keys/owner-of-key";
import type { SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import type { Limits } from "@/lib/domain/access/limits";
import type { PolicyRule, PolicyType } from "@/lib/domain/policy/policy-types";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";
import { getEnv } from "@/lib/env";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import type { AnyContext } from "@/lib/security/context";
import type { SnapshotGrant } from "./choose-grant";
import type { SnapshotBudget } from "./counted-budgets";
import type { SnapshotShadow } from "./shadow-answer";

/**
 * Everything a decision depends on, as of one moment. The write checks both config versions, so a cached snapshot can be used while it is
 * current, and a stale one is detected in the same transaction.
 */
export interface DecisionSnapshot {
  workspaceId: string;
  apiKeyId: string;
  apiKeyName: string;
  ownerId: string;
  /** How far the database's clock is ahead of this process's monotonic one, in milliseconds. */
  clockOffset: number;
  configVersion: number;
  limits: Limits;
  action: SnapshotAction | null;
  /** Whether the console, the workspace, the action or the key is frozen. */
  isFrozen: boolean;
}

export interface SnapshotAction {
  id: string;
  configVersion: number;
  isActive: boolean;
  riskLevel: string;
  title: string;
  sentence: string | null;
  recipientField: string | null;
  approverEmails: string[];
  approvals: number;
  laterStages: readonly ApprovalStage[];
  /** Whom rules ask in their place. */
  ruleApprovers: readonly RuleApprovers[];
  windowMinutes: number;
  askAgainAfterMinutes: number | null;
  policy: { id: string; version: number; rule: PolicyRule };
  /** Those that count the action, in the order in which they are checked. */
  budgets: SnapshotBudget[];
  /** Those that could allow a run, the one that ends first before the others. */
  grants: SnapshotGrant[];
  /** The draft that runs beside the policy; null: none. */
  shadow: SnapshotShadow | null;
}

interface SnapshotRow {
  refusal: string | null;
  workspace_id: string;
  api_key_id: string;
  api_key_name: string;
  now: Date;
  owner_id: string;
  config_version: number;
  workspace_approvers: string[];
  workspace_window_minutes: number | null;
  owner_email: string;
  plan: string | null;
  limit_overrides: unknown;
  action_id: string | null;
  action_config_version: number;
  is_active: boolean;
  risk_level: string;
  title: string;
  sentence: string | null;
  recipient_field: string | null;
  approver_emails: string[];
  approvals: number;
  later_stages: readonly ApprovalStage[];
  rule_approvers: readonly RuleApprovers[];
  approval_window_minutes: number | null;
  ask_again_after_minutes: number | null;
  policy_version_id: string;
  version: number;
  policy_type: PolicyType;
  threshold: string | null;
  currency: string | null;
  amount_field: string;
  currency_field: string;
  rules: RuleSet | null;
  rules_hash: string | null;
  is_frozen: boolean;
  budgets: SnapshotBudget[];
  grants: SnapshotGrant[];
  shadow: SnapshotShadow | null;
}

/** Reads a snapshot, or returns which key is invalid. */
export async function loadDecisionSnapshot(
  { db }: AnyContext,
  credentials: SdkCredentials,
  actionName: string,
): Promise<DecisionSnapshot | Refusal> {
  const [row] = await failFastIfDatabaseDown(db.$queryRaw<SnapshotRow[]>`
    SELECT k.refusal, k.workspace_id, k.api_key_id, key.name AS api_key_name, clock_timestamp() AS now, k.owner_id, k.config_version, w.approver_emails AS workspace_approvers,
      w.approval_window_minutes AS workspace_window_minutes, u.email AS owner_email, u.plan, u.limit_overrides, a.id AS action_id, a.config_version AS action_config_version,
      a.is_active, a.risk_level, a.title, a.sentence, a.recipient_field, a.approver_emails, a.approvals, a.later_stages, a.rule_approvers, a.approval_window_minutes, a.ask_again_after_minutes,
      p.id AS policy_version_id, p.version, p.policy_type, p.threshold, p.currency, p.amount_field, p.currency_field, p.rules, p.rules_hash,
      daai_frozen_since(k.workspace_id, a.id, k.api_key_id) IS NOT NULL AS is_frozen,
      (SELECT coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'limit', trim_scale(b.limit_value)::text, 'whenExceeded', b.when_exceeded,
          'measure', b.measure, 'currency', b.currency, 'per', b.per, 'perField', b.per_field, 'period', b.period, 'timeZone', b.time_zone,
          'periodStart', daai_iso_time(present.starts), 'periodEnd', daai_iso_time(present.ends)) ORDER BY b.id), '[]')
        FROM budgets b CROSS JOIN LATERAL daai_budget_period(b.period, b.time_zone, clock_timestamp()) present
        WHERE b.workspace_id = a.workspace_id AND b.deleted_at IS NULL
          AND (b.counts_all_actions OR EXISTS (SELECT FROM budget_actions c WHERE c.budget_id = b.id AND c.action_id = a.id))) AS budgets,
      (SELECT coalesce(json_agg(json_build_object('id', g.id, 'runId', g.run_id, 'givenBy', g.given_by, 'givenAt', daai_iso_time(g.created_at),
          'confirmedBy', g.confirmed_by, 'askedReason', g.asked_reason, 'askedRule', g.asked_rule, 'facts', g.facts, 'factsText', g.facts_text,
          'currency', g.currency, 'amountEach', trim_scale(g.amount_each)::text, 'total', trim_scale(g.total)::text, 'maxUses', g.max_uses,
          'endsAt', daai_iso_time(g.ends_at)) ORDER BY g.ends_at, g.id), '[]')
        FROM daai_live_grants(a.id, clock_timestamp()) g) AS grants,
      (SELECT json_build_object('id', s.id, 'draft', s.draft) FROM shadow_policies s WHERE s.action_id = a.id AND s.ended_at IS NULL) AS shadow
    FROM daai_check_keys(decode(${credentials.apiKeyHash}, 'hex'), decode(${credentials.workspaceKeyHash}, 'hex')) k
    LEFT JOIN api_keys key ON key.id = k.api_key_id
    LEFT JOIN workspaces w ON w.id = k.workspace_id
    LEFT JOIN users u ON u.id = w.owner_id
    LEFT JOIN registered_actions a ON a.workspace_id = k.workspace_id AND a.name = ${actionName}
    LEFT JOIN policy_versions p ON p.action_id = a.id AND p.version = a.policy_version`);
  if (!row) throw new Error("daai_check_keys gave no row.");
  if (row.refusal !== null && isKeyRefusalCode(row.refusal)) return refuseKeys(row.refusal);
  noteOwnerOfKey(credentials, row.owner_id);
  return {
    workspaceId: row.workspace_id,
    apiKeyId: row.api_key_id,
    apiKeyName: row.api_key_name,
    clockOffset: row.now.getTime() - performance.now(),
    ownerId: row.owner_id,
    configVersion: row.config_version,
    limits: limitsOfOwner({ plan: row.plan, limitOverrides: row.limit_overrides }).limits,
    action: row.action_id === null ? null : snapshotAction({ ...row, action_id: row.action_id }),
    isFrozen: row.is_frozen,
  };
}

function snapshotAction(row: SnapshotRow & { action_id: string }): SnapshotAction {
  const approvers = [row.approver_emails, row.workspace_approvers, [row.owner_email]].find((emails) => emails.length > 0);
  return {
    id: row.action_id,
    configVersion: row.action_config_version,
    isActive: row.is_active,
    riskLevel: row.risk_level,
    title: row.title,
    sentence: row.sentence,
    recipientField: row.recipient_field,
    approverEmails: approvers ?? [],
    approvals: row.approvals,
    laterStages: row.later_stages,
    ruleApprovers: row.rule_approvers,
    windowMinutes: row.approval_window_minutes ?? row.workspace_window_minutes ?? getEnv().DAAI_APPROVAL_WINDOW_MINUTES,
    askAgainAfterMinutes: row.ask_again_after_minutes,
    policy: {
      id: row.policy_version_id,
      version: row.version,
      rule: {
        type: row.policy_type,
        threshold: row.threshold,
        currency: row.currency,
        amountField: row.amount_field,
        currencyField: row.currency_field,
        rules: row.rules,
        rulesHash: row.rules_hash,
      },
    },
    budgets: row.budgets,
    grants: row.grants,
    shadow: row.shadow,
  };
}
