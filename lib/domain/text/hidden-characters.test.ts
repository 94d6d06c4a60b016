import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectText, visibleText } from "./hidden-characters";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("a", "1", "❤", "👩", "🏽", "\uFE0F", "\u200D", "\u20E3", "\u202E", "\r", "\n", "\0", "\uD800", "\u{E0041}"),
  }),
);

describe("inspectText", () => {
  it("shows what does not show", () => {
    expect(inspectText("second\u200Bcharge")).toEqual({
      segments: [{ text: "second" }, { code: "U+200B", name: "zero-width space" }, { text: "charge" }],
      warnings: ["Contains 1 zero-width space, which most programs don’t show."],
    });
  });

  it.each([
    ["\u202E", "right-to-left override"],
    ["\u2066", "left-to-right isolate"],
    ["\u{E0041}", "tag character"],
    ["\u0007", "control character"],
    ["\u001B", "escape character"],
    ["\u00AD", "soft hyphen"],
    ["\uFEFF", "zero-width no-break space"],
    ["\uFE0F", "variation selector"],
    ["\uE000", "private-use character"],
    ["\uD800", "half character"],
    ["\u115F", "unseen character"],
    ["\u3164", "Hangul filler"],
    ["\u2028", "line separator"],
  ])("names %j", (character, name) => {
    expect(inspectText(`a${character}b`).segments[1]).toMatchObject({ name });
  });

  it("counts", () => {
    expect(inspectText("\u200B\u200B\u200Bx").warnings).toEqual(["Contains 3 zero-width spaces, which most programs don’t show."]);
  });

  it.each([
    "",
    "Nordlicht Café GmbH",
    "line\r\nline\tend",
    "❤️ 👩🏽‍💻 1️⃣ 👍🏿",
    "日本語のテキスト",
    "Привет, мир",
    "שלום",
    "10 µm",
    "Łódź naïve",
  ])("leaves %j alone", (text) => {
    expect(inspectText(text)).toEqual({ segments: text === "" ? [] : [{ text }], warnings: [] });
  });

  it.each([
    ["\u0430mount", "Latin and Cyrillic"],
    ["p\u0430yp\u0430l", "Latin and Cyrillic"],
    ["Αpple", "Latin and Greek"],
    ["info@\u0440\u0430y.example", "Latin and Cyrillic"],
    ["https://\u0430\u0440\u0440.com/", "Latin and Cyrillic"],
  ])("warns of %s", (text, scripts) => {
    expect(inspectText(text).warnings).toEqual([`“${text}” mixes ${scripts} letters, some of which look alike.`]);
  });

  it("warns of styled letters", () => {
    expect(inspectText("𝐏𝐚𝐲 now").warnings).toEqual(["“𝐏𝐚𝐲” contains styled letters that only look like ordinary ones."]);
  });

  it("does not take words of different scripts side by side for a mixed word", () => {
    expect(inspectText("Мария pays").warnings).toEqual([]);
  });

  it("keeps every character, in order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const restored = inspectText(text)
          .segments.map((part) => ("text" in part ? part.text : String.fromCodePoint(parseInt(part.code.slice(2), 16))))
          .join("");
        expect(restored).toBe(text);
      }),
    );
  });
});

describe("visibleText", () => {
  it("writes codes into the text", () => {
    expect(visibleText("a\u202Eb")).toBe("a[U+202E]b");
  });
});
