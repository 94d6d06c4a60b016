import { expect, test } from "vitest";
import { linksOf } from "./links-of";

test("addresses are found once each, without the punctuation around them", () => {
  const text = `Decide here:
http://localhost:3000/decide/abc-DEF_123
or open <https://example.com/a?b=c&d=e>. Again: http://localhost:3000/decide/abc-DEF_123.`;
  expect(linksOf(text)).toEqual(["http://localhost:3000/decide/abc-DEF_123", "https://example.com/a?b=c&d=e"]);
});

test("a text without addresses has none", () => {
  expect(linksOf("See example.com, or ask ada@example.com.")).toEqual([]);
});
