import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { managedRulesSchema } from "@/lib/contract/manage-actions";
import { type RuleSet, ruleSetSchema } from "@/lib/domain/policy/rules/rule-set";
import { readRuleApprovers, unfitAsk } from "@/lib/registered-actions/action-document";
import { CommandError } from "@/scripts/admin/command-error";

const fileSchema = z.strictObject({ rules: managedRulesSchema, otherwise: z.unknown() });

interface RulesFile {
  rules: RuleSet;
  ruleApprovers: ReturnType<typeof readRuleApprovers>;
}

/** Rules from a YAML or JSON file, as in a policy file: { rules: [{ name, when, then, ask }], otherwise }. */
export function readRulesFile(path: string): RulesFile {
  const file = fileSchema.safeParse(readYaml(path));
  if (!file.success) throw unfit(path, file.error.issues);
  const { rules, otherwise } = file.data;
  const problem = unfitAsk(rules);
  if (problem) throw unfit(path, [problem]);
  const parsed = ruleSetSchema.safeParse({ rules: rules.map(({ ask: _, ...rule }) => rule), otherwise });
  if (!parsed.success) throw unfit(path, parsed.error.issues);
  return { rules: parsed.data, ruleApprovers: readRuleApprovers(rules) };
}

function unfit(path: string, issues: readonly { path: PropertyKey[]; message: string }[]): CommandError {
  const problems = issues.map(({ path: place, message }) => `${place.length === 0 ? "the file" : place.join(".")} ${message}`);
  return new CommandError(`${path} doesn't contain valid rules: ${problems.join(", ").replace(/\.$/, "")}.`);
}

function readYaml(path: string): unknown {
  try {
    // JSON is YAML as well. Aliases could make a small file huge.
    return parse(readFileSync(path, "utf8"), { maxAliasCount: 0 });
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const what = error instanceof YAMLParseError ? "isn't valid YAML" : "can't be read";
    throw new CommandError(`${path} ${what}: ${reason.replace(/[:.]$/, "")}.`);
  }
}
