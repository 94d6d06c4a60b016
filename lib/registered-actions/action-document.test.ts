import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putActionRequestSchema } from "@/lib/contract/manage-actions";
import type { JsonValue } from "@/lib/domain/json-value";
import { readActionDocument, writeActionDocument } from "./action-document";
import { type ActionSettings, actionSchema, type NewAction } from "./schema";

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const policies: fc.Arbitrary<NewAction["policy"]> = fc.oneof(
  some<NewAction["policy"]>({ type: "always_allow" }, { type: "log_only", amountField: "total.gross" }),
  some({ type: "require_approval_above_amount" as const, threshold: "1250.00", currency: "EUR", currencyField: "money.code" }),
  some({
    type: "rules" as const,
    rules: { rules: [{ name: "large", when: 'amount > dec("5000")', then: "ask" as const }], otherwise: "allow" as const },
    changeableFields: [
      { field: "amount", kind: "not_above" as const },
      { field: "note", kind: "text" as const, maxLength: 200 },
      { field: "currency", kind: "one_of" as const, values: ["EUR", "USD"] },
    ],
  }),
);

/** Any settings, most of them at their defaults or not by chance. */
const settings: fc.Arbitrary<ActionSettings> = fc
  .record({
    name: fc.constant("refund"),
    title: some("Refund", "Refund a customer"),
    description: some("", "Money goes back."),
    riskLevel: some("low" as const, "medium" as const, "critical" as const),
    approverEmails: some<string[]>([], ["ann@example.com", "ben@example.com"]),
    approverGroup: some(null, "Finance"),
    approvals: some(1, 2),
    laterStages: some<NewAction["laterStages"]>(
      [],
      [{ approvals: 1, people: ["cleo@example.com"] }],
      [
        { approvals: 2, people: [], group: "Board" },
        { approvals: 1, people: ["cleo@example.com"] },
      ],
    ),
    ruleApprovers: some<NewAction["ruleApprovers"]>(
      [],
      [{ rule: "large", approvals: 2, people: ["eve@example.com", "fay@example.com"] }],
      [{ rule: "large", approvals: 1, people: [], group: "Board" }],
    ),
    escalationEmails: some<string[]>([], ["dot@example.com"]),
    approvalWindowMinutes: some(null, 60),
    approvalValidMinutes: some(null, 60, 1440),
    askAgainAfterMinutes: some(null, 5),
    sentence: some(null, "refund {amount}"),
    recipientField: some(null, "customer.email"),
    autoReleasesClaims: fc.boolean(),
    requiresRejectComment: fc.boolean(),
    requiresFourEyes: fc.boolean(),
    policy: policies,
  })
  // A group takes the place of people.
  .map((one) => actionSchema.safeParse({ ...one, approverEmails: one.approverGroup === null ? one.approverEmails : [] }))
  .filter((parsed) => parsed.success)
  .map(({ data }) => data);

/** Rules whose second one has approvers of its own. */
function asking(ask: Record<string, JsonValue>, then = "ask"): Record<string, JsonValue> {
  const small = { name: "small", when: "amount < 5", then: "allow" };
  return { policy: { rules: [small, { name: "large", when: "amount > 50", then, ask }], otherwise: "ask" } };
}

describe("an action's document", () => {
  it("is read back as the settings it was written from, by way of JSON", () => {
    fc.assert(
      fc.property(settings, (original) => {
        const sent = JSON.parse(JSON.stringify(writeActionDocument(original))) as JsonValue;
        const received = putActionRequestSchema.parse(sent);
        expect(readActionDocument("refund", received)).toEqual({ ok: true, settings: original });
      }),
    );
  });

  it("names a group in place of the people who are in it", () => {
    const asking = actionSchema.parse({
      ...{ name: "wire", title: "Wire", policy: { type: "always_require_approval" }, approverGroup: "Finance" },
      laterStages: [{ approvals: 1, group: "Board" }],
    });
    const filled = {
      ...asking,
      approverEmails: ["ann@example.com"],
      laterStages: [{ approvals: 1, people: ["eve@example.com"], group: "Board" }],
    };
    expect(writeActionDocument(filled)).toEqual(writeActionDocument(asking));
    expect(writeActionDocument(filled)).toMatchObject({ approver_group: "Finance", later_stages: [{ approvals: 1, group: "Board" }] });
  });

  it("says nothing of what is at its default", () => {
    const plain = actionSchema.parse({ name: "refund", title: "Refund", policy: { type: "always_allow" } });
    expect(writeActionDocument(plain)).toEqual({ action: "refund", title: "Refund", policy: { type: "always_allow" } });
  });

  it.each<[string, Record<string, JsonValue>, string[]]>([
    ["another action's", { action: "other" }, ["action"]],
    ["a policy of no type", { policy: {} }, ["policy.type"]],
    ["rules without a rest", { policy: { rules: [{ name: "a", when: "true", then: "ask" }] } }, ["policy.otherwise"]],
    ["a threshold that is missing", { policy: { type: "require_approval_above_amount" } }, ["policy.threshold"]],
    ["stages of nobody", { approvals: 2 }, ["approvers"]],
    ["a stage of nobody", { approvers: ["ann@example.com"], later_stages: [{ approvals: 1 }] }, ["later_stages.0.people"]],
    ["people beside a group", { approvers: ["ann@example.com"], approver_group: "Finance" }, ["approvers"]],
    [
      "people beside a stage's group",
      { approvers: ["ann@example.com"], later_stages: [{ approvals: 1, group: "Board", people: ["ben@example.com"] }] },
      ["later_stages.0.people"],
    ],
    ["a rule that asks nobody", asking({ approvals: 1 }), ["policy.rules.1.ask.from"]],
    ["a rule that asks too few", asking({ from: ["ann@example.com"], approvals: 2 }), ["policy.rules.1.ask.approvals"]],
    ["a rule that asks no address", asking({ from: ["ann"] }), ["policy.rules.1.ask.from.0"]],
    ["people beside a rule's group", asking({ from: ["ann@example.com"], group: "Board" }), ["policy.rules.1.ask.from"]],
    ["approvers of a rule that doesn't ask", asking({ from: ["ann@example.com"] }, "allow"), ["policy.rules.1.ask"]],
    [
      "a risk and a text",
      { title: "", changeable_fields: [{ field: "a", kind: "text", max_length: 0 }] },
      ["title", "changeable_fields.0.max_length"],
    ],
  ])("names its own fields in errors: %s", (_, change, paths) => {
    const document = putActionRequestSchema.parse({ title: "Refund", policy: { type: "always_allow" }, ...change });
    const read = readActionDocument("refund", document);
    expect(read.ok ? [] : read.error.issues.map(({ path }) => path.join("."))).toEqual(paths);
  });
});
