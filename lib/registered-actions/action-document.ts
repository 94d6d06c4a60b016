import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ManagedAction, PutActionRequest } from "@/lib/contract/manage-actions";
import type { Rule } from "@/lib/domain/policy/rules/rule-set";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { snakeCase } from "@/lib/domain/text/snake-case";
import { withRuleAskPath } from "./approval-stages";
import type { ActionWithPolicy } from "./list-actions";
import { type ActionSettings, actionSchema } from "./schema";
import { settingsOf } from "./settings-of";

/** An action as policy files and the management API write it: everything that PUT takes. */
export type ActionDocument = Omit<PutActionRequest, "managed_by">;

/** What the settings are called in documents, where it isn't their own name in snake case. */
const DOCUMENT_NAMES: Readonly<Record<string, string>> = {
  name: "action",
  riskLevel: "risk",
  approverEmails: "approvers",
  escalationEmails: "escalation",
};

/** Reads a document by the same rules as the form. `error` names the document's own fields. */
export function readActionDocument(
  name: string,
  { action, policy, ...document }: ActionDocument,
): { ok: true; settings: ActionSettings } | { ok: false; error: z.ZodError } {
  if (action !== undefined && action !== name) return refuseAt(["action"], `must be ${name}, as the address says`);
  if (policy.rules === undefined && policy.type === undefined) return refuseAt(["policy", "type"], "is required without rules");
  const unfit = unfitAsk(policy.rules ?? []);
  if (unfit !== null) return refuseAt(["policy", ...unfit.path], unfit.message);
  const both = bothAsked(document);
  if (both !== null) return refuseAt(both, BOTH_ASKED);
  const isRules = policy.rules !== undefined || policy.otherwise !== undefined;
  const parsed = actionSchema.safeParse({
    name,
    title: document.title,
    description: document.description,
    riskLevel: document.risk,
    approverEmails: document.approvers,
    approverGroup: document.approver_group,
    approvals: document.approvals,
    laterStages: document.later_stages,
    ruleApprovers: readRuleApprovers(policy.rules ?? []),
    escalationEmails: document.escalation,
    approvalWindowMinutes: document.approval_window_minutes,
    approvalValidMinutes: document.approval_valid_minutes,
    askAgainAfterMinutes: document.ask_again_after_minutes,
    sentence: document.sentence,
    recipientField: document.recipient_field,
    autoReleasesClaims: document.auto_releases_claims,
    requiresRejectComment: document.requires_reject_comment,
    requiresFourEyes: document.requires_four_eyes,
    policy: {
      type: policy.type ?? "rules",
      threshold: policy.threshold,
      currency: policy.currency,
      amountField: policy.amount_field,
      currencyField: policy.currency_field,
      rules: isRules ? { rules: policy.rules?.map(({ ask: _, ...rule }) => rule), otherwise: policy.otherwise } : null,
      changeableFields: document.changeable_fields?.map(({ max_length: maxLength, ...one }) => ({
        ...one,
        ...(maxLength !== undefined && { maxLength }),
      })),
    },
  });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const withOwn = (policy.rules ?? []).flatMap(({ ask }, place) => (ask === undefined ? [] : [place]));
  const pathOf = (path: readonly PropertyKey[]) => documentPath(withRuleAskPath(path, withOwn));
  return { ok: false, error: new z.ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: pathOf(issue.path) }))) };
}

/** The people who are named where a group is named, too: one of them would count for nothing. */
function bothAsked({
  approvers = [],
  approver_group: group,
  later_stages: stages = [],
}: Pick<ActionDocument, "approvers" | "approver_group" | "later_stages">): PropertyKey[] | null {
  if (group != null && approvers.length > 0) return ["approvers"];
  const index = stages.findIndex((stage) => stage.group !== undefined && (stage.people ?? []).length > 0);
  return index === -1 ? null : ["later_stages", index, "people"];
}

const BOTH_ASKED = "must be omitted where a group is named";

type DocumentRules = NonNullable<ActionDocument["policy"]["rules"]>;

/** Whom a document's rules ask in place of the action's approvers. */
export function readRuleApprovers(rules: DocumentRules) {
  return rules.flatMap(({ name: rule, ask }) =>
    ask === undefined ? [] : [{ rule, approvals: ask.approvals ?? 1, people: ask.from, group: ask.group }],
  );
}

/** What of a document's rules would ask nobody. */
export function unfitAsk(rules: DocumentRules): { path: PropertyKey[]; message: string } | null {
  const idle = rules.findIndex(({ then, ask }) => ask !== undefined && then !== "ask");
  if (idle !== -1) return { path: ["rules", idle, "ask"], message: "is only for rules with then: ask" };
  const both = rules.findIndex(({ ask }) => ask?.group !== undefined && (ask.from ?? []).length > 0);
  return both === -1 ? null : { path: ["rules", both, "ask", "from"], message: BOTH_ASKED };
}

/** What refuses the settings that a document was read to, at the document's own fields. */
export function refusalOfDocument(refusal: Refusal): Refusal {
  const errors = refusal.fields?.errors as readonly { path: string; message: string }[] | undefined;
  if (errors === undefined) return refusal;
  const named = errors.map(({ path, message }) => ({ path: documentPath(path.split(".")).join("."), message }));
  return { ...refusal, fields: { ...refusal.fields, errors: named } };
}

function refuseAt(path: PropertyKey[], message: string) {
  return { ok: false as const, error: new z.ZodError([{ code: "custom", path, message, input: undefined }]) };
}

/** Where a document has what the settings have at `path`: rules are two levels of settings and one of the document. */
function documentPath(path: readonly PropertyKey[]): PropertyKey[] {
  const [first, second, ...rest] = path;
  if (first === "policy" && second === "rules")
    return ["policy", ...(rest.length === 0 ? ["rules"] : rest.map((name) => (name === "people" ? "from" : name)))];
  if (first === "policy" && second === "changeableFields") return ["changeable_fields", ...rest.map(nameInDocument)];
  return path.map(nameInDocument);
}

function nameInDocument(name: PropertyKey): PropertyKey {
  if (typeof name !== "string") return name;
  return DOCUMENT_NAMES[name] ?? snakeCase(name);
}

/** Settings as a document, without those at their defaults. `readActionDocument` reads it back. */
export function writeActionDocument(current: ActionSettings): ActionDocument & { action: string } {
  const settings = withoutGroupMembers(current);
  const { name, title, policy } = settings;
  const { type, rules, changeableFields, ...reads } = policy;
  const defaults = actionSchema.parse({ name, title, policy: { type: "always_allow" } });
  const { type: _type, rules: _rules, changeableFields: _fields, ...plainReads } = defaults.policy;
  return {
    action: name,
    title,
    ...unlessDefault(settings, defaults, ["description", "riskLevel", "sentence", "recipientField"]),
    policy: {
      ...(rules === null
        ? { type }
        : { rules: rules.rules.map((rule) => ruleInDocument(rule, settings.ruleApprovers)), otherwise: rules.otherwise }),
      ...unlessDefault(reads, plainReads, ["threshold", "currency", "amountField", "currencyField"]),
    },
    ...(changeableFields.length > 0 && {
      changeable_fields: changeableFields.map((one) =>
        one.kind === "text" ? { field: one.field, kind: one.kind, max_length: one.maxLength } : { ...one },
      ),
    }),
    ...unlessDefault(settings, defaults, [
      "approverEmails",
      "approverGroup",
      "approvals",
      "laterStages",
      "escalationEmails",
      "approvalWindowMinutes",
      "approvalValidMinutes",
      "askAgainAfterMinutes",
      "requiresRejectComment",
      "requiresFourEyes",
      "autoReleasesClaims",
    ]),
  };
}

function ruleInDocument({ name, when, then }: Rule, ruleApprovers: ReturnType<typeof withoutGroupMembers>["ruleApprovers"]) {
  const own = ruleApprovers.find(({ rule }) => rule === name);
  if (own === undefined) return { name, when, then };
  const { rule: _, people, ...ask } = own;
  return { name, when, then, ask: people === undefined ? ask : { from: people, ...ask } };
}

/** A group is named in place of the people it has now. */
function withoutGroupMembers(settings: ActionSettings) {
  const named = <Stage extends { people: string[]; group?: string }>({ people, ...stage }: Stage) =>
    stage.group === undefined ? { ...stage, people } : { ...stage, people: undefined };
  return {
    ...settings,
    approverEmails: settings.approverGroup === null ? settings.approverEmails : [],
    laterStages: settings.laterStages.map(named),
    ruleApprovers: settings.ruleApprovers.map(named),
  };
}

function unlessDefault<T extends object>(values: T, defaults: T, names: readonly (keyof T & string)[]): Record<string, unknown> {
  const changed = names.filter((name) => !isDeepStrictEqual(values[name], defaults[name]));
  return Object.fromEntries(changed.map((name) => [String(nameInDocument(name)), values[name]]));
}

/** An action as the management API shows it. */
export function managedAction(action: ActionWithPolicy): ManagedAction {
  return {
    ...writeActionDocument(settingsOf(action)),
    managed_by: managedByOf(action),
    is_active: action.isActive,
    policy_version: action.policyVersion,
    action_id: action.id,
    created_at: action.createdAt.toISOString(),
  };
}

/** The file that an action was last set from, and whether it still is as that said. */
export function managedByOf({
  managedFile,
  managedCommit,
  managedConfigVersion,
  configVersion,
}: ActionWithPolicy): ManagedAction["managed_by"] {
  return managedFile === null ? null : { file: managedFile, commit: managedCommit, is_current: managedConfigVersion === configVersion };
}
