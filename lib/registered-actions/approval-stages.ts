import { z } from "zod";
import { emailSchema } from "@/lib/domain/access/email-address";
import { MAX_APPROVERS, MAX_LATER_STAGES } from "@/lib/domain/access/limits";
import { personOf } from "@/lib/domain/access/same-person";
import { RULES_MAX, type RuleSet } from "@/lib/domain/policy/rules/rule-set";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";
import { type Stages, stagesOfAction } from "./stages-of-action";

/** Email addresses, each once. */
export const addressesSchema = z
  .array(emailSchema)
  .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS} addresses` })
  .transform((emails) => [...new Set(emails)]);
/** How many people must approve. */
export const requiredApprovalsSchema = z
  .int({ error: "must be a whole number" })
  .min(1, { error: "must be at least 1" })
  .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS}` });

/** The name of a group of members; its people are looked up when the action is saved. */
export const groupNameSchema = z.string().nullable().default(null);

const stageSchema = z.strictObject({
  approvals: requiredApprovalsSchema,
  people: addressesSchema.default([]),
  group: z.string().nullish(),
});

export const laterStagesSchema = z
  .array(stageSchema.transform(plainStage))
  .max(MAX_LATER_STAGES, { error: `must be at most ${MAX_LATER_STAGES} stages` });

export const ruleApproversSchema = z.array(stageSchema.extend({ rule: z.string() }).transform(plainStage)).max(RULES_MAX);

/** The people of a group are looked up, whoever is named beside it. */
function plainStage<Stage extends { people: string[]; group?: string | null | undefined }>({ group, ...stage }: Stage) {
  const plain: Omit<Stage, "group"> & { people: string[]; group?: string } = group == null ? stage : { ...stage, group, people: [] };
  return plain;
}

interface CheckedStages extends Stages {
  readonly ruleApprovers?: readonly RuleApprovers[];
  readonly policy?: { readonly rules: RuleSet | null } | undefined;
}

/** Where a rule's own approvers stand in the action's settings. */
export function ruleAskPath(policy: CheckedStages["policy"], rule: string): PropertyKey[] {
  return ["policy", "rules", "rules", policy?.rules?.rules.findIndex(({ name }) => name === rule) ?? 0, "ask"];
}

/** The same place for a path into `ruleApprovers`. `places`: those of the rules that have some, in order. Other paths stay. */
export function withRuleAskPath(path: readonly PropertyKey[], places: readonly number[]): PropertyKey[] {
  const [first, index, ...rest] = path;
  return first === "ruleApprovers" ? ["policy", "rules", "rules", places[Number(index)] ?? 0, "ask", ...rest] : [...path];
}

/** Without the approvers of rules that don't ask, or are no longer there. */
export function askingRuleApprovers<Approvers extends RuleApprovers>(
  rules: RuleSet | null,
  ruleApprovers: readonly Approvers[],
): Approvers[] {
  const asks = (rule: string) => rules?.rules.some(({ name, then }) => name === rule && then === "ask") ?? false;
  return ruleApprovers.filter(({ rule }) => asks(rule));
}

interface StageProblem {
  readonly path: PropertyKey[];
  readonly message: string;
}

/**
 * Nobody counts twice, so every stage needs enough people of its own. `knowsGroups`: the members of groups are among the people. Before, a
 * stage that asks a group is enough.
 */
export function stageProblems(action: CheckedStages, { knowsGroups = false } = {}): StageProblem[] {
  const seen = new Set<string>();
  const stages = (stagesOfAction(action) ?? []).flatMap((stage, index) => {
    const [people, approvals] =
      index === 0
        ? [["approverEmails"], ["approvals"]]
        : [
            ["laterStages", index - 1, "people"],
            ["laterStages", index - 1, "approvals"],
          ];
    return problemsOf(stage, { people, approvals, seen, knowsGroups, why: ", because several approvals are needed" });
  });
  const ofRules = (action.ruleApprovers ?? []).flatMap((stage) => {
    const path = ruleAskPath(action.policy, stage.rule);
    return problemsOf(stage, { people: [...path, "people"], approvals: [...path, "approvals"], seen: new Set(), knowsGroups, why: "" });
  });
  return [...stages, ...ofRules];
}

function problemsOf(
  stage: ApprovalStage,
  where: { people: PropertyKey[]; approvals: PropertyKey[]; seen: Set<string>; knowsGroups: boolean; why: string },
): StageProblem[] {
  const { seen } = where;
  const twice = stage.people.find((email) => seen.size === seen.add(personOf(email)).size);
  if (twice !== undefined) return [{ path: where.people, message: `must name each person once, in one stage: ${twice} is named twice` }];
  if (stage.group !== undefined && !where.knowsGroups) return [];
  if (stage.people.length === 0) return [{ path: where.people, message: `must name the people who are asked${where.why}` }];
  const people = stage.people.length === 1 ? "1 person is" : `${stage.people.length} people are`;
  return stage.people.length < stage.approvals
    ? [{ path: where.approvals, message: `must be at most ${stage.people.length}: ${people} asked` }]
    : [];
}
