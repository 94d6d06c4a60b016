import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalText, type CanonicalValue } from "@/lib/domain/canonical-text";

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
