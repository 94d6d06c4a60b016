import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { interceptAction } from "@/lib/action-runs/propose/intercept-action";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { evaluatePolicy } from "@/lib/domain/policy/policies";
import { POLICY_TYPES, type PolicyRule } from "@/lib/domain/policy/policy-types";
import { previewDecision } from "@/lib/domain/policy/preview-decision";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { payloadLimit } from "@/lib/http/member-limits";
import { parseBody } from "@/lib/http/parse-body";
import { expectOk, makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { makeApiRequest } from "@/lib/testing/make-api-request";

const base: PolicyRule = { type: "always_allow", threshold: null, currency: null, amountField: "amount", currencyField: "currency" };
const OWN_RULES: RuleSet = {
  rules: [
    { name: "destructive", when: "payload.destructive || !payload.reversible", then: "block" },
    { name: "small", when: 'amount <= 1000 && currency == "EUR"', then: "allow" },
    { name: "nested", when: "dec(payload.order.total) > 1", then: "ask" },
  ],
  otherwise: "allow",
};
const RULES: PolicyRule[] = [
  ...POLICY_TYPES.map((type) => ({
    ...base,
    type,
    threshold: type === "require_approval_above_amount" ? "1000" : null,
    rules: type === "rules" ? OWN_RULES : null,
  })),
  { ...base, type: "require_approval_above_amount", threshold: "1000.00", currency: "EUR" },
  { ...base, type: "require_approval_above_amount", threshold: "0", amountField: "order.total", currencyField: "order.currency" },
];
const nameOf = (index: number) => `previewed_${index}`;
const action = { title: "Pay", sentence: "pay {amount} to {to}", recipientField: null };

/** As JSON texts, since that is where the differences are. */
const ODD_VALUES = [
  '"1e3"',
  '"1,250"',
  '"1_000"',
  '"0x10"',
  '" 10 "',
  '""',
  "true",
  "[]",
  "[5]",
  "{}",
  "null",
  '"١٢"',
  "-5000",
  "1e21",
  "1e400",
  "999.9999999999999999",
  "1000.01",
  "1000",
  '"1000.00"',
  "1e3",
  "-0",
  "0",
  "9007199254740993",
  '"9"',
  '"10"',
  "false",
  '"true"',
  "1.10",
  "1E+2",
  '"\\u0000"',
  '"\\ud800"',
  "0.1",
  '"999.99999999999999999999"',
  '"1000.00000000000000000001"',
];
const value = fc.oneof(
  fc.constantFrom(...ODD_VALUES),
  fc.json({ maxDepth: 2 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const member = fc.tuple(
  fc.constantFrom(
    "amount",
    "аmount",
    "Amount",
    "currency",
    "order",
    "external_recipient",
    "is_new_recipient",
    "reversible",
    "destructive",
    "to",
    "note",
    "__proto__",
  ),
  fc.oneof(value, fc.constantFrom('"EUR"', '{"total": 5, "currency": "EUR"}', '{"total": "0"}')),
);
const space = fc.constantFrom("", " ", "\n  ");
const payloadText = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.array(member, { maxLength: 5 }), space)
      .map(([members, blank]) => `{${members.map(([name, text]) => `${blank}${JSON.stringify(name)}:${blank}${text}`).join(",")}}`),
  },
  { weight: 1, arbitrary: value },
  {
    weight: 1,
    arbitrary: fc.constantFrom("[".repeat(40) + "]".repeat(40), `{"note":"${"x".repeat(17_000)}"}`, '{"a":1', "{'a':1}", '{"a":1,}', ""),
  },
);

const bodyOf = (index: number, text: string) => `{"action":"${nameOf(index)}","payload":${text}}`;
const read = (index: number, text: string) =>
  parseBody(makeApiRequest({ body: bodyOf(index, text) }), { schema: interceptRequestSchema, limits: [payloadLimit] });

describe("the preview of a decision", () => {
  test("refuses what the API refuses, in its words, and decides the rest as the policy does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(RULES.length - 1), payloadText, async (index, text) => {
        const rule = RULES[index] ?? base;
        const preview = previewDecision(rule, { ...action, name: nameOf(index) }, text);
        const body = await read(index, text);
        if (body.ok) {
          expect(preview).toMatchObject({ kind: "decided", result: evaluatePolicy(rule, body.body.payload), payload: body.body.payload });
        } else if (preview.kind === "refused") {
          expect({ code: preview.code, detail: preview.detail }).toEqual({ code: body.code, detail: body.detail });
        } else {
          expect(["empty", "no_json"]).toContain(preview.kind);
          expect(body.code).toBe("invalid_json");
        }
      }),
      { numRuns: 3000 },
    );
  });

  describe("against the console itself", () => {
    let workspace: TestWorkspace;
    beforeAll(async () => {
      workspace = await makeWorkspace();
      for (const [index, rule] of RULES.entries()) await makeAction(workspace, { name: nameOf(index), ...action, policy: rule });
    });

    test("says what becomes of the run: status, reason, sentence, amount, currency and recipient", async () => {
      for (const [index, rule] of RULES.entries()) {
        for (const text of fc.sample(payloadText, 20)) {
          const body = await read(index, text);
          if (!body.ok) continue;
          const { answer } = expectOk(
            await interceptAction(visitorContext(), workspace.credentials, {
              request: body.body,
              payload: body.body.payload,
              payloadText: text,
            }),
          );
          const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: answer.action_run_id } });
          const preview = previewDecision(rule, { ...action, name: nameOf(index) }, text);
          expect(preview).toMatchObject({
            kind: "decided",
            result: { outcome: run.governanceStatus, reason: run.governanceReason },
            reading: {
              sentence: run.sentence,
              amount: run.amount === null ? null : { decimal: run.amount.toFixed(), currency: run.currency },
              recipient: run.recipient,
            },
          });
        }
      }
    });
  });
});
