import { describe, expect, it } from "vitest";
import { actionChanges } from "@/lib/domain/policy/action-changes";
import { changesDecisions } from "@/lib/domain/policy/policy-proposals";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { actionFormSchema } from "./action-form-schema";
import { actionState } from "./action-state";
import type { TypedAction } from "./form-schema";
import { actionSchema } from "./schema";
import { actionOf, changesTypedDecisions, EMPTY_RULE, type TypedRule } from "./typed-action";
import { typedOf } from "./typed-of";

const typed = (different: Partial<TypedAction> = {}): TypedAction => ({
  configVersion: null,
  name: "refund_customer",
  title: "Refund a customer",
  description: "",
  riskLevel: "high",
  approverEmails: [],
  approverGroup: "",
  approvals: "1",
  laterStages: [],
  escalationEmails: [],
  windowCount: "",
  windowUnit: "hour",
  validCount: "",
  validUnit: "hour",
  coolDownCount: "",
  coolDownUnit: "hour",
  sentence: "",
  recipientField: "",
  requiresRejectComment: false,
  requiresFourEyes: false,
  autoReleasesClaims: false,
  policy: {
    type: "require_approval_above_amount",
    threshold: "250.00",
    currency: "",
    amountField: "amount",
    currencyField: "currency",
    rules: { rules: [EMPTY_RULE], otherwise: "ask" },
    changeableFields: [],
  },
  ...different,
});
const policy = (different: Partial<TypedAction["policy"]>) => ({ policy: { ...typed().policy, ...different } });
const errors = (different: Partial<TypedAction>) =>
  actionFormSchema.safeParse(typed(different)).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("the form of an action", () => {
  it.each([
    [{ approvals: "2" }, "approverEmails", "name the people who are asked, because several approvals are needed"],
    [{ approverEmails: ["ann@example.com"], approvals: "2" }, "approvals", "be at most 1: 1 person is asked"],
    [{ approverEmails: ["ann@example.com"], approvals: "0" }, "approvals", "be at least 1"],
    [{ approverEmails: ["ann@example.com", "Ann+2@example.com"], approvals: "2" }, "approverEmails", "ann+2@example.com is named twice"],
    [
      { approverEmails: ["ann@example.com"], laterStages: [{ approvals: "1", people: ["ann@example.com"], group: "" }] },
      "laterStages.0.people",
      "ann@example.com is named twice",
    ],
    [
      { approverEmails: ["ann@example.com"], laterStages: [{ approvals: "1", people: [], group: "" }] },
      "laterStages.0.people",
      "name the people",
    ],
    [
      { approverEmails: ["ann@example.com"], laterStages: [{ approvals: "3", people: ["eve@example.com", "fay@example.com"], group: "" }] },
      "laterStages.0.approvals",
      "be at most 2: 2 people are asked",
    ],
  ] satisfies [Partial<TypedAction>, string, string][])("refuses stages %j that could never be complete", (different, path, message) => {
    const issues = actionFormSchema.safeParse(typed(different)).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, expect.stringContaining(message)]]);
  });

  it("takes empty fields as nothing said", () => {
    expect(actionFormSchema.parse(typed())).toEqual({
      configVersion: null,
      name: "refund_customer",
      title: "Refund a customer",
      description: "",
      riskLevel: "high",
      approverEmails: [],
      approverGroup: null,
      approvals: 1,
      laterStages: [],
      ruleApprovers: [],
      escalationEmails: [],
      approvalWindowMinutes: null,
      approvalValidMinutes: null,
      askAgainAfterMinutes: null,
      sentence: null,
      recipientField: null,
      requiresRejectComment: false,
      requiresFourEyes: false,
      autoReleasesClaims: false,
      policy: {
        type: "require_approval_above_amount",
        threshold: "250.00",
        currency: null,
        amountField: "amount",
        currencyField: "currency",
        rules: null,
        changeableFields: [],
      },
    });
  });

  it("takes rules with their type alone, and says which one is wrong", () => {
    const rules = { rules: [{ ...EMPTY_RULE, name: "large", when: "amount > 5" }], otherwise: "allow" as const };
    const plain = { rules: [{ name: "large", when: "amount > 5", then: "ask" }], otherwise: "allow" };
    const saved = actionFormSchema.parse(typed(policy({ type: "rules", rules }))).policy;
    expect(saved).toMatchObject({ type: "rules", threshold: null, rules: plain });
    expect(actionFormSchema.parse(typed(policy({ rules }))).policy.rules).toBeNull();
    const wrong = { ...rules, rules: [...rules.rules, { ...EMPTY_RULE, when: "amount >", then: "block" as const }] };
    expect(errors(policy({ type: "rules", rules: wrong }))).toEqual([
      "policy.rules.rules.1.name: Must not be empty.",
      "policy.rules.rules.1.when: Column 9: The condition ends too early.",
    ]);
  });

  it("keeps a rule's own approvers with the rule, and says what is wrong with them", () => {
    const rule = (different: Partial<TypedRule>, ask: Partial<TypedRule["ask"]> = {}) => ({
      ...EMPTY_RULE,
      when: "amount > 5",
      ...different,
      ask: { whom: "own" as const, approvals: "1", people: ["ann@example.com"], group: "", ...ask },
    });
    const rules = [
      rule({ name: "board" }, { people: ["ann@example.com", "ben@example.com"], approvals: "2" }),
      rule({ name: "allowed", then: "allow" }),
      rule({ name: "plain" }, { whom: "action" }),
      rule({ name: "finance" }, { people: [], group: "Finance" }),
    ];
    const form = typed(policy({ type: "rules", rules: { rules, otherwise: "ask" } }));
    const saved = actionFormSchema.parse(form);
    expect(saved.ruleApprovers).toEqual([
      { rule: "board", approvals: 2, people: ["ann@example.com", "ben@example.com"] },
      { rule: "finance", approvals: 1, people: [], group: "Finance" },
    ]);
    expect(actionFormSchema.parse(typedOf(saved, null))).toEqual({ ...saved, configVersion: null });
    expect(actionFormSchema.parse({ ...form, policy: { ...form.policy, type: "always_allow" } }).ruleApprovers).toEqual([]);
    const wrong = [rule({ name: "a" }, { people: [] }), rule({ name: "b" }, { approvals: "2" }), rule({ name: "c" }, { people: ["ann"] })];
    const first = { ...EMPTY_RULE, name: "first", when: "amount > 5" };
    const of = (one: TypedRule | undefined) =>
      errors(policy({ type: "rules", rules: { rules: one ? [first, one] : [], otherwise: "ask" } }));
    expect([of(wrong[0]), of(wrong[1]), of(wrong[2])]).toEqual([
      ["policy.rules.rules.1.ask.people: Must name the people who are asked."],
      ["policy.rules.rules.1.ask.approvals: Must be at most 1: 1 person is asked."],
      ["policy.rules.rules.1.ask.people.0: Must be an email address."],
    ]);
  });

  it.each<[string, Partial<TypedAction>, string]>([
    ["a name with capitals", { name: "Refund" }, "name: Must be a lowercase letter, then"],
    ["no title", { title: "  " }, "title: Enter a title"],
    ["no threshold", policy({ threshold: "" }), "policy.threshold: Must be a plain decimal number"],
    ["a threshold with a comma", policy({ threshold: "1,250" }), "policy.threshold: Must be a plain decimal number"],
    ["an odd currency", policy({ currency: "€" }), "policy.currency: Must be a currency code"],
    ["no amount field", policy({ amountField: "" }), "policy.amountField: Must be a field name"],
    ["an open brace", { sentence: "pay {amount" }, "sentence: Close every {"],
    ["half a minute", { windowCount: "0.5", windowUnit: "minute" }, "windowCount: Enter a whole number"],
    ["two years", { windowCount: "731", windowUnit: "day" }, "windowCount: Enter a whole number"],
    ["an approval that is valid for no time", { validCount: "0" }, "validCount: Enter a whole number"],
    ["a cool-down of half a minute", { coolDownCount: "0.5", coolDownUnit: "minute" }, "coolDownCount: Enter a whole number"],
    ["words for a number", { windowCount: "a few" }, "windowCount: Enter a whole number"],
    ["no address", { approverEmails: ["ann@example.com", "ben"] }, "approverEmails.1: Must be an email address"],
  ])("says what is wrong with %s", (_, different, message) => {
    expect(errors(different)).toEqual([expect.stringContaining(message)]);
  });

  it("leaves a threshold behind that belongs to another policy", () => {
    const rules: TypedAction["policy"]["rules"] = { rules: [{ ...EMPTY_RULE, name: "large", when: "amount > 5" }], otherwise: "ask" };
    for (const type of POLICY_TYPES) {
      const { policy: parsed } = actionFormSchema.parse(typed(policy({ type, currency: "EUR", rules })));
      expect(parsed.threshold).toBe(type === "require_approval_above_amount" ? "250.00" : null);
    }
  });

  it("says whether what is typed changes decisions, as the command does of what it gets", () => {
    const different: Partial<TypedAction>[] = [
      ...[{}, { title: "Refund" }, { description: "A" }, { sentence: "refund {amount}" }, { windowCount: "2" }, { validCount: "2" }],
      ...[{ coolDownCount: "2" }, { requiresRejectComment: true }, { autoReleasesClaims: true }, { comment: "As agreed" }],
      ...[{ riskLevel: "low" as const }, { recipientField: "to" }, { escalationEmails: ["ann@example.com"] }, { requiresFourEyes: true }],
      ...[
        { approverEmails: ["ann@example.com"] },
        { approverGroup: "Finance" },
        { approverGroup: "A", laterStages: [{ approvals: "1", people: [], group: "B" }] },
      ],
      ...[policy({ threshold: "300" }), policy({ amountField: "sum" }), policy({ type: "always_block" }), policy({ currency: "EUR" })],
    ];
    const stateOf = (one: Partial<TypedAction>) => actionState(actionSchema.parse(actionOf(typed(one))));
    const commands = different.map((one) => changesDecisions(actionChanges(stateOf({}), stateOf(one))));
    expect(different.map((one) => changesTypedDecisions(typed(), typed(one)))).toEqual(commands);
    expect(commands.filter(Boolean).length).toBeGreaterThan(5);
  });

  it("takes a comment for whoever confirms the change, apart from the settings", () => {
    expect(actionFormSchema.parse(typed({ comment: " As agreed " }))).toMatchObject({ comment: "As agreed", title: "Refund a customer" });
    expect(actionFormSchema.parse(typed({ comment: "" }))).not.toHaveProperty("comment");
  });

  it("comes back from what it made", () => {
    const different = [
      {},
      { windowCount: "2", windowUnit: "day" },
      { windowCount: "90", windowUnit: "minute" },
      { validCount: "36", validUnit: "hour" },
      { coolDownCount: "45", coolDownUnit: "minute" },
      { sentence: "pay {amount}", recipientField: "to", approverEmails: ["a@b.example"] },
    ] satisfies Partial<TypedAction>[];
    for (const one of different) expect(typedOf(actionSchema.parse(actionOf(typed(one))), null)).toEqual(typed(one));
  });
});
