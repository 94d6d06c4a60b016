import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { type RuleSet, ruleSetSchema } from "@/lib/domain/policy/rules/rule-set";
import { CommandError } from "@/scripts/admin/command-error";

/** Rules from a YAML or JSON file: { rules: [{ name, when, then }], otherwise }. */
export function readRulesFile(path: string): RuleSet {
  const parsed = ruleSetSchema.safeParse(readYaml(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: place, message }) => `${place.length === 0 ? "the file" : place.join(".")} ${message}`);
  throw new CommandError(`${path} doesn't contain valid rules: ${problems.join(", ").replace(/\.$/, "")}.`);
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
