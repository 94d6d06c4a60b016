import { z } from "zod";
import { characterCount } from "@/lib/domain/text/character-count";
import { displayNameSchema, showsWhole } from "@/lib/domain/text/display-name";
import { checkExpression, EXPRESSION_MAX_LENGTH } from "./check-expression";

export const RULE_EFFECTS = ["allow", "ask", "block"] as const;
export type RuleEffect = (typeof RULE_EFFECTS)[number];

export interface Rule {
  readonly name: string;
  /** A condition in the console's subset of CEL. */
  readonly when: string;
  readonly then: RuleEffect;
}

/** Rules in their order, and what happens when none applies. */
export interface RuleSet {
  readonly rules: Rule[];
  readonly otherwise: RuleEffect;
}

export const RULES_MAX = 50;
const NAME_MAX_LENGTH = 80;
/** Of all conditions together, in characters and in instructions of compiled patterns. */
const SET_MAX_LENGTH = 16_000;
const PATTERNS_MAX_SIZE = 5000;

export const ruleSetSchema = z
  .strictObject({
    rules: z
      .array(
        z.strictObject({
          name: displayNameSchema(NAME_MAX_LENGTH),
          when: z
            .string()
            .max(EXPRESSION_MAX_LENGTH, { error: `must have at most ${EXPRESSION_MAX_LENGTH} characters` })
            .refine(showsWhole, { error: "must not contain hidden characters" }),
          then: z.enum(RULE_EFFECTS, { error: "must be allow, ask or block" }),
        }),
        { error: "must be a list of rules" },
      )
      .min(1, { error: "must contain at least one rule" })
      .max(RULES_MAX, { error: `must contain at most ${RULES_MAX} rules` }),
    otherwise: z.enum(RULE_EFFECTS, { error: "must be allow, ask or block" }),
  })
  .superRefine((set, context) => {
    for (const { path, message } of ruleProblems(set)) context.addIssue({ code: "custom", path: [...path], message });
  });

interface RuleProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function ruleProblems({ rules }: RuleSet): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const names = new Set<string>();
  let patternSize = 0;
  for (const [place, { name, when }] of rules.entries()) {
    if (names.has(name)) problems.push({ path: ["rules", place, "name"], message: `Another rule is named “${name}”.` });
    names.add(name);
    const checked = checkExpression(when);
    if (checked.ok) patternSize += checked.patternSize;
    else
      problems.push({
        path: ["rules", place, "when"],
        message: when.trim() === "" ? checked.error.message : `${placeText(when, checked.error.start)}: ${checked.error.message}`,
      });
  }
  const length = rules.reduce((sum, { when }) => sum + when.length, 0);
  if (length > SET_MAX_LENGTH)
    problems.push({ path: ["rules"], message: `The conditions have ${length} characters together; the limit is ${SET_MAX_LENGTH}.` });
  if (patternSize > PATTERNS_MAX_SIZE) problems.push({ path: ["rules"], message: "The patterns of matches are too expensive together." });
  return problems;
}

/** "Line 2, column 5", counted as people count. */
function placeText(source: string, start: number): string {
  const lines = source.slice(0, start).split("\n");
  const column = characterCount(lines.at(-1) ?? "") + 1;
  return lines.length === 1 && !source.includes("\n") ? `Column ${column}` : `Line ${lines.length}, column ${column}`;
}
