import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CanonicalValue, canonicalText, jcsText } from "./canonical-text";

const asciiName = fc.stringMatching(/^[\x20-\x7e]{1,8}$/);
const { canonical } = fc.letrec<{ canonical: CanonicalValue }>((tie) => ({
  canonical: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("canonical"), { maxLength: 4 }),
    fc.dictionary(asciiName, tie("canonical"), { maxKeys: 4 }),
  ),
}));

describe("canonicalText", () => {
  it("sorts members and leaves no blanks", () => {
    expect(canonicalText({ b: [1, { z: null, a: true }], a: 'é\n"' })).toBe('{"a":"é\\n\\"","b":[1,{"a":true,"z":null}]}');
  });

  it("agrees with RFC 8785 byte for byte", () => {
    fc.assert(
      fc.property(canonical, (value) => {
        expect(canonicalText(value)).toBe(canonicalize(value));
      }),
    );
  });

  it("is the same for equal values, and reads back as the value", () => {
    fc.assert(
      fc.property(canonical, (value) => {
        const text = canonicalText(value);
        expect(canonicalText(JSON.parse(text) as CanonicalValue)).toBe(text);
      }),
    );
  });

  it.each([1.5, NaN, Infinity, -0, 2 ** 53, 1e21])("refuses the number %j", (number) => {
    expect(() => canonicalText({ number })).toThrow(TypeError);
  });

  it("refuses undefined, lone surrogates and names outside printable ASCII", () => {
    expect(() => canonicalText({ a: undefined } as unknown as CanonicalValue)).toThrow(TypeError);
    expect(() => canonicalText("\ud800")).toThrow(TypeError);
    expect(() => canonicalText({ größe: 1 })).toThrow(TypeError);
    expect(() => canonicalText({ "": 1 })).toThrow(TypeError);
  });
});

describe("jcsText", () => {
  it("agrees with RFC 8785 byte for byte on any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (value) => {
        expect(jcsText(value as CanonicalValue)).toBe(canonicalize(value));
      }),
    );
  });

  it.each([
    [333333333.33333329, "333333333.3333333"],
    [1e30, "1e+30"],
    [4.5, "4.5"],
    [2e-3, "0.002"],
    [1e-27, "1e-27"],
    [-0, "0"],
    [
      { "\u20ac": "Euro Sign", "\r": 1, "\ufb33": 2, "1": 3, "\ud83d\ude00": 4, "\u0080": 5, "\u00f6": 6 },
      '{"\\r":1,"1":3,"\u0080":5,"\u00f6":6,"\u20ac":"Euro Sign","\ud83d\ude00":4,"\ufb33":2}',
    ],
  ] as const)("writes %j as the RFC does", (value, text) => expect(jcsText(value)).toBe(text));

  it("refuses what is no JSON", () => {
    for (const value of [NaN, Infinity, "\ud800", { "\udfff": 1 }, { a: undefined }, [1n]]) {
      expect(() => jcsText(value as unknown as CanonicalValue)).toThrow(TypeError);
    }
  });
});
