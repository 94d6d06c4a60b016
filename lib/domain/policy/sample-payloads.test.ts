import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { evaluatePolicy, NOTHING_KNOWN } from "./policies";
import { policySteps } from "./policy-steps";
import { POLICY_TYPES, type PolicyRule } from "./policy-types";
import { firstSample, samplePayloads } from "./sample-payloads";

const rule = (different: Partial<PolicyRule> = {}): PolicyRule => ({
  type: "require_approval_above_amount",
  threshold: "250.00",
  currency: null,
  amountField: "amount",
  currencyField: "currency",
  ...different,
});
const outcomes = (of: PolicyRule, base: JsonObject) =>
  samplePayloads(of, base).map(({ value, label, payload }) => `${value ?? label}: ${evaluatePolicy(of, payload).outcome}`);

describe("samplePayloads", () => {
  it("shows what an amount policy makes of amounts", () => {
    expect(outcomes(rule(), { amount: 7, note: "x" })).toEqual([
      '"250.00": allowed',
      '"250.01": pending_approval',
      "no amount: pending_approval",
      '"1,250": pending_approval',
      '"1e3": pending_approval',
    ]);
    expect(outcomes(rule({ currency: "EUR", amountField: "total.net" }), { total: 3 })).toEqual([
      '"250.00": allowed',
      '"250.01": pending_approval',
      "no total.net: pending_approval",
      '"1,250": pending_approval',
      '"1e3": pending_approval',
      '"USD": pending_approval',
    ]);
  });

  it("shows what a signal policy makes of its signal", () => {
    expect(outcomes(rule({ type: "require_approval_when_not_reversible" }), {})).toEqual([
      "true: allowed",
      "false: pending_approval",
      "no reversible: pending_approval",
      '"true": pending_approval',
    ]);
  });

  it("keeps the rest of the payload", () => {
    for (const { payload } of samplePayloads(rule(), { amount: 1, customer: { name: "Ada" } }))
      expect(payload).toMatchObject({ customer: { name: "Ada" } });
  });

  it("goes one cent up, whatever the threshold", () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.nat({ max: 9999 })).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(decimal, (threshold) => {
        expect(outcomes(rule({ threshold }), {}).map((line) => line.split(": ")[1])).toEqual([
          "allowed",
          ...Array<string>(4).fill("pending_approval"),
        ]);
      }),
    );
  });
});

describe("firstSample", () => {
  it.each(POLICY_TYPES)("gives %s something to look at", (type) => {
    const of = rule({ type, currency: "EUR", amountField: "invoice.total" });
    const { reason } = evaluatePolicy(of, firstSample(of));
    expect(reason).not.toMatch(/missing|unknown|invalid|mismatch/);
  });
});

describe("policySteps", () => {
  const words = (of: PolicyRule, payload: JsonObject) =>
    policySteps(of, payload, 480, NOTHING_KNOWN).map((parts) =>
      parts.map((part) => (typeof part === "string" ? part : part.code)).join(""),
    );

  it.each([
    [
      { amount: 1840 },
      [
        "Read amount from the payload: 1840",
        "Compare as decimals: 1840 > 250.00",
        "Ask for approval, for up to 8 hours. Without it, the run is rejected.",
      ],
    ],
    [{ amount: "250.0" }, ['Read amount from the payload: "250.0"', "Compare as decimals: 250 = 250.00", "Allow it. The app may run it."]],
    [
      { amount: "1,250" },
      [
        'Read amount from the payload: "1,250", which is not a plain decimal number',
        "Ask for approval, for up to 8 hours. Without it, the run is rejected.",
      ],
    ],
    [{}, ["Look for amount in the payload: it is not there", "Ask for approval, for up to 8 hours. Without it, the run is rejected."]],
  ])("%j", (payload, steps) => {
    expect(words(rule(), payload)).toEqual(steps);
  });

  it("ends with what the policy decides, for every type and payload", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...POLICY_TYPES),
        fc.dictionary(fc.constantFrom("amount", "currency", "reversible", "destructive"), fc.jsonValue()),
        (type, payload) => {
          const of = rule({ type, currency: "EUR" });
          const ends = { allowed: "Allow", blocked: "Block", pending_approval: "Ask" };
          expect(
            words(of, payload as JsonObject)
              .at(-1)
              ?.split(" ")[0],
          ).toBe(ends[evaluatePolicy(of, payload as JsonObject).outcome]);
        },
      ),
    );
  });
});
