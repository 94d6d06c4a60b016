import { policyOf } from "@/lib/domain/policy/policies";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import type { WorkspaceContext } from "@/lib/security/context";
import { policySummary } from "@/lib/words/policy-labels";
import type { ActionDefaults } from "./get-action-defaults";
import { listActionActivity } from "./list-action-activity";
import { listActions } from "./list-actions";
import { policyRuleOf } from "./policy-rule";

/** One action as the list shows it. */
export interface ActionRow {
  id: string;
  name: string;
  title: string;
  riskLevel: RiskLevel;
  isActive: boolean;
  /** A change of it waits for a second person. */
  hasProposal: boolean;
  /** In words: "Requires approval above 500.00". */
  policy: string;
  policyVersion: number;
  /** Who is asked; empty when the policy asks nobody. */
  approverEmails: string[];
  /** Whether the action names them itself. */
  isRoutedByAction: boolean;
  recentRuns: number;
  lastRunAt: Date | null;
}

/** The active actions first, each group by title. */
export async function listActionRows(ctx: WorkspaceContext, defaults: ActionDefaults): Promise<ActionRow[]> {
  const [actions, activity] = [await listActions(ctx), await listActionActivity(ctx)];
  const { workspaceId, db } = ctx;
  const proposals = await db.policyProposal.findMany({ where: { workspaceId, status: "pending" }, select: { actionId: true } });
  const proposed = new Set(proposals.map(({ actionId }) => actionId));
  return actions
    .map((action) => {
      const isRoutedByAction = action.approverEmails.length > 0;
      const asked = isRoutedByAction ? action.approverEmails : defaults.approverEmails;
      return {
        id: action.id,
        name: action.name,
        title: action.title,
        riskLevel: action.riskLevel,
        isActive: action.isActive,
        hasProposal: proposed.has(action.id),
        policy: policySummary(policyRuleOf(action.policy)),
        policyVersion: action.policyVersion,
        approverEmails: policyOf(action.policy.policyType).asksPeople === "never" ? [] : asked,
        isRoutedByAction,
        recentRuns: activity.get(action.name)?.recentRuns ?? 0,
        lastRunAt: activity.get(action.name)?.lastRunAt ?? null,
      };
    })
    .sort((one, other) => Number(other.isActive) - Number(one.isActive) || one.title.localeCompare(other.title, "en"));
}
