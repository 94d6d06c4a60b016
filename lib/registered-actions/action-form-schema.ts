import { z } from "zod";
import { withRuleAskPath } from "./approval-stages";
import { typedAction } from "./form-schema";
import { type ActionSettings, actionSchema, TITLE_MAX_LENGTH } from "./schema";
import { actionOf, asksOwn } from "./typed-action";

/** What is typed as a count and a unit, by what the command calls it. */
const TYPED_FIELDS: Readonly<Record<string, string[]>> = {
  approvalWindowMinutes: ["windowCount"],
  approvalValidMinutes: ["validCount"],
  askAgainAfterMinutes: ["coolDownCount"],
};

/** The rules are those of actionSchema; its messages come out as sentences, beside the fields that people see. */
export const actionFormSchema = typedAction.transform(
  (typed, context): ActionSettings & { configVersion: number | null; comment?: string } => {
    const parsed = actionSchema.safeParse(actionOf(typed));
    if (parsed.success) return { ...parsed.data, configVersion: typed.configVersion, ...(typed.comment && { comment: typed.comment }) };
    const withOwn = typed.policy.rules.rules.flatMap((rule, place) => (asksOwn(rule) ? [place] : []));
    for (const { path: issuePath, message } of parsed.error.issues) {
      const path = withRuleAskPath(issuePath, withOwn);
      // The values of a list are typed as one text.
      const typedPath = TYPED_FIELDS[String(path[0])] ?? (path[1] === "changeableFields" ? path.slice(0, 4) : [...path]);
      context.addIssue({ code: "custom", path: typedPath, message: formMessage(path.join("."), message) });
    }
    return z.NEVER;
  },
);

const DURATION_MESSAGE = "Enter a whole number, for at least a minute and at most a year.";
const MESSAGES: Record<string, string> = {
  approvalWindowMinutes: DURATION_MESSAGE,
  approvalValidMinutes: DURATION_MESSAGE,
  askAgainAfterMinutes: DURATION_MESSAGE,
  title: `Enter a title of 1 to ${TITLE_MAX_LENGTH} visible characters, on one line.`,
};

function formMessage(path: string, message: string): string {
  const sentence = MESSAGES[path] ?? message;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${sentence.endsWith(".") ? "" : "."}`;
}
