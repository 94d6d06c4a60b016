import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { type CanonicalValue, canonicalText } from "@/lib/domain/json/canonical-text";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { WorkspaceContext } from "@/lib/security/context";
import { personActing } from "./person-acting";
import type { Confirmation } from "./propose-change";
import type { ActionSettings } from "./schema";
import { stagesOfAction } from "./stages-of-action";

type PolicySettings = Pick<ActionSettings, "policy" | "approverEmails" | "approverGroup" | "approvals" | "laterStages" | "ruleApprovers">;

/** Appends a version; versions are never changed. One that was proposed is the proposer's. */
export async function writePolicyVersion(
  ctx: WorkspaceContext,
  {
    actionId,
    version,
    settings,
    confirms,
  }: { actionId: string; version: number; settings: PolicySettings; confirms?: Confirmation | undefined },
): Promise<void> {
  const { type: policyType, rules, changeableFields, ...rest } = settings.policy;
  const stages = stagesOfAction(settings);
  const by = confirms ? confirms.proposedBy : personActing(ctx);
  await ctx.db.policyVersion.create({
    data: {
      id: uuidv7(),
      workspaceId: ctx.workspaceId,
      actionId,
      version,
      policyType,
      ...rest,
      ...storedRules(rules),
      ...(stages && { stages: stages.map((stage) => ({ ...stage, people: [...stage.people] })) }),
      ...(settings.ruleApprovers.length > 0 && { ruleApprovers: settings.ruleApprovers.map((one) => ({ ...one })) }),
      ...(changeableFields.length > 0 && { changeableFields: changeableFields.map((one) => ({ ...one })) }),
      createdBy: by ?? (confirms ? "operator" : ctx.actor.type),
    },
  });
}

/** The rules, and the hash by which receipts name them. */
function storedRules(rules: RuleSet | null) {
  if (rules === null) return {};
  const { otherwise } = rules;
  const plain = { rules: rules.rules.map(({ name, when, then }) => ({ name, when, then })), otherwise };
  return {
    rules: plain,
    rulesHash: createHash("sha256")
      .update(canonicalText(plain satisfies CanonicalValue))
      .digest("hex"),
  };
}
