import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characterCount, isAtMostCharacters } from "./character-count";

const anyText = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\ud800", "\udc00", "\u200d") });

describe("isAtMostCharacters", () => {
  it("counts code points, as Python does", () => {
    expect(characterCount("a😀")).toBe(2);
    expect(isAtMostCharacters("😀".repeat(5), 5)).toBe(true);
    expect(isAtMostCharacters("😀".repeat(6), 5)).toBe(false);
  });

  it("agrees with counting", () => {
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, max) => {
        expect(isAtMostCharacters(text, max)).toBe(characterCount(text) <= max);
      }),
    );
  });
});
