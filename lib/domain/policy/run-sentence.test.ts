import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { isBareSentence, parseSentence, runSentence, sentenceRest } from "./run-sentence";

const fields = { name: "pay_supplier", title: "Pay a supplier", amountField: "amount", currencyField: "currency", recipientField: null };

function sentenceOf(sentence: string | null, payload: JsonObject): string {
  return runSentence({ ...fields, sentence }, payload);
}

describe("parseSentence", () => {
  it("finds texts and fields in order", () => {
    expect(parseSentence("pay {amount} to {supplier.name}")).toEqual({
      ok: true,
      parts: [{ text: "pay " }, { field: "amount" }, { text: " to " }, { field: "supplier.name" }],
    });
  });

  it.each(["", "  ", "pay {", "pay }", "pay {}", "pay {a b}", "pay {{amount}}", "pay {a..b}", "pay\namount", "x".repeat(301)])(
    "refuses %j with a sentence",
    (sentence) => {
      expect(parseSentence(sentence)).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) as string });
    },
  );
});

describe("runSentence", () => {
  it("fills in the payload's fields, amounts in full", () => {
    const payload = { amount: "18400", currency: "EUR", supplier: { name: "Nordlicht Café" } };
    expect(sentenceOf("pay {amount} {currency} to {supplier.name}", payload)).toBe("pay 18,400.00 EUR to Nordlicht Café");
  });

  it("says none for what is missing, and shows an amount that cannot be read as it is", () => {
    expect(sentenceOf("pay {amount} {currency} to {supplier.name}", { amount: "1e3" })).toBe("pay 1e3 none to none");
  });

  it("counts what is no plain value, and says how much of a long text is folded", () => {
    expect(sentenceOf("send {items} {customer} {paid}", { items: [1, 2], customer: { a: 1 }, paid: false })).toBe(
      "send 2 items 1 field false",
    );
    expect(sentenceOf("say {note}", { note: "x".repeat(130) })).toBe(`say ${"x".repeat(120)}… (10 more characters)`);
  });

  it("does not read braces inside values as fields", () => {
    expect(sentenceOf("pay {to}", { to: "{amount}", amount: 5 })).toBe("pay {amount}");
  });

  it("has a default", () => {
    expect(sentenceOf(null, { amount: 1840, currency: "EUR", to: "Café" })).toBe("pay a supplier: 1,840.00 EUR to Café");
    expect(sentenceOf(null, { amount: 1840 })).toBe("pay a supplier: 1,840.00");
    expect(sentenceOf(null, { to: "Café" })).toBe("pay a supplier, to Café");
    expect(sentenceOf(null, {})).toBe("pay a supplier");
    expect(sentenceOf("broken {", {})).toBe("pay a supplier");
  });

  it.each([
    ["Pay a supplier", "pay a supplier"],
    ["PDF export", "PDF export"],
    ["A\nB", "A B"],
    ["pay_supplier", "run pay_supplier"],
    [null, "run pay_supplier"],
  ])("an action titled %j wants to %s", (title, said) => {
    expect(runSentence({ ...fields, title, sentence: null }, {})).toBe(said);
    expect(isBareSentence(said, { name: fields.name, title })).toBe(true);
  });

  it("stays on one line for any payload", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("a", "amount", "currency", "to"), fc.jsonValue()), (payload) => {
        for (const sentence of [null, "do {a} {amount} {currency} {to}"]) {
          expect(sentenceOf(sentence, payload as JsonObject)).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });
});

it("does not say once more what the action is called, and leaves an action's own sentence alone", () => {
  const action = { name: "refund", title: "Refund" };
  expect(sentenceRest("refund: 5.00 EUR to Ada", action)).toBe("5.00 EUR to Ada");
  expect(sentenceRest("refund, to Ada", action)).toBe("to Ada");
  expect(sentenceRest("run refund for 5.00 EUR, to Ada", action)).toBe("5.00 EUR, to Ada");
  for (const bare of ["refund", "run refund"]) expect(sentenceRest(bare, action)).toBe("");
  expect(sentenceRest("refund 5.00 EUR to Ada", action)).toBe("refund 5.00 EUR to Ada");
});
