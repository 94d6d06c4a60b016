import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch, patchText } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import { compareDecimals, readAmount } from "./amounts";
import { changeFields, changeProblem, offeredFields } from "./change-fields";
import type { ChangeableField } from "./changeable-fields";
import { changeableFieldsSchema } from "./changeable-fields-schema";

const FIELDS: ChangeableField[] = [
  { field: "amount", kind: "not_above" },
  { field: "terms.currency", kind: "one_of", values: ["EUR", "USD"] },
  { field: "note", kind: "text", maxLength: 5 },
];

describe("the fields that are offered", () => {
  it.each([
    [{ amount: "1840.00", terms: { currency: "GBP" }, note: "a" }, ["amount", "terms.currency", "note"]],
    [{ amount: 0, note: "" }, ["amount", "note"]],
    [{ amount: "1e3", terms: { currency: 5 }, note: null }, []],
    [{ amount: -5, "terms.currency": "EUR" }, []],
    [{}, []],
  ] as [JsonObject, string[]][])("of %j are those that can be read", (payload, names) => {
    expect(offeredFields(payload, FIELDS).map(({ field }) => field)).toEqual(names);
  });
});

describe("a change", () => {
  it("keeps the types and the order of what was proposed, and is the difference", () => {
    const payload = { note: "a\r\nb", amount: 1840, terms: { currency: "EUR", days: [1, { x: 1.5 }] } };
    const changed = changeFields(payload, FIELDS, { amount: " 1480.50 ", "terms.currency": "USD", note: "a\nb" });
    if (!changed.ok) throw new Error(changed.problems[0].message);
    expect(JSON.stringify(changed.payload)).toBe('{"note":"a\\r\\nb","amount":1480.5,"terms":{"currency":"USD","days":[1,{"x":1.5}]}}');
    expect(patchText(changed.changes)).toBe(
      '[{"op":"replace","path":"/amount","value":1480.5},{"op":"replace","path":"/terms/currency","value":"USD"}]',
    );
    expect(applyPatch(payload, changed.changes)).toEqual(changed.payload);
    expect(payload.amount).toBe(1840);
  });

  it.each([
    ["amount", "1840.000000000000000001", "Enter at most 1,840.00, which was proposed."],
    ["amount", "", "Enter a plain number such as 1250.00."],
    ["amount", "0.1000000000000000055", "Enter a number with fewer digits."],
    ["terms.currency", "eur", "Choose one of EUR, USD."],
    ["note", "123456", "Shorten the text to 5 characters."],
    ["note", "\0", "Remove the characters that can't be stored."],
  ])("of %s to %j is refused", (field, text, message) => {
    const payload = { amount: 1840, terms: { currency: "EUR" }, note: "" };
    expect(changeFields(payload, FIELDS, { [field]: text })).toMatchObject({ ok: false, problems: [{ field, message }] });
  });

  it("never goes above what was proposed, whatever is typed", () => {
    const decimal = fc.tuple(fc.nat(9999), fc.nat(99)).map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);
    const typed = fc.oneof(decimal, fc.string(), fc.double().map(String));
    fc.assert(
      fc.property(decimal, typed, fc.boolean(), (proposed, text, isNumber) => {
        const payload = { amount: isNumber ? Number(proposed) : proposed };
        const changed = changeFields(payload, FIELDS, { amount: text });
        if (!changed.ok) return;
        const [before, after] = [readAmount(payload.amount), readAmount(changed.payload["amount"])];
        if (before.kind !== "amount" || after.kind !== "amount") throw new Error("It became unreadable.");
        expect(compareDecimals(after.decimal, before.decimal)).toBeLessThanOrEqual(0);
        expect(typeof changed.payload["amount"]).toBe(typeof payload.amount);
        const [one] = offeredFields(payload, FIELDS);
        expect(one && changeProblem(one, text)).toBeNull();
      }),
    );
  });
});

describe("the fields of an action", () => {
  it.each([
    [
      [
        { field: "a", kind: "not_above" },
        { field: "a.b", kind: "text", maxLength: 5 },
      ],
      "must name each field once: a is in the list already",
    ],
    [[{ field: "a b", kind: "not_above" }], "must be a field name, or field names joined by dots"],
    [[{ field: "a", kind: "one_of", values: [] }], "must list at least one value"],
    [[{ field: "a", kind: "one_of", values: ["x", "x"] }], "must list each value once"],
    [[{ field: "a", kind: "text", maxLength: 0 }], "must be a whole number from 1 to 2000"],
  ])("%j are refused", (fields, message) => {
    expect(changeableFieldsSchema.safeParse(fields).error?.issues[0]?.message).toBe(message);
  });
});

describe("a patch", () => {
  it.each([
    [{ a: 1 }, [{ op: "replace", path: "/b", value: 1 }]],
    [{ a: 1 }, [{ op: "add", path: "/a", value: 1 }]],
    [{ a: 1 }, [{ op: "replace", path: "", value: 1 }]],
    [{ a: 1 }, [{ op: "replace", path: "/__proto__/x", value: 1 }]],
    [{ a: 1 }, "none"],
    [{ a: 1 }, [null]],
  ])("that doesn't apply to %j gives nothing: %j", (document, operations) => {
    expect(applyPatch(document, operations)).toBeNull();
  });

  it("escapes what a pointer needs escaped", () => {
    expect(applyPatch({ "a/b": { "~": [1] } }, [{ op: "replace", path: "/a~1b/~0/0", value: 2 }])).toEqual({ "a/b": { "~": [2] } });
  });
});
