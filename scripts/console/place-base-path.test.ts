import fc from "fast-check";
import { expect, it } from "vitest";
import { withoutPath, withPath } from "./place-base-path";

const BUILT_WITH = "/daai-base-path";

it.each([
  ['let n="/daai-base-path";', 'let n="";', 'let n="/a/b";'],
  ["load(`/daai-base-path/_next/x.js?${v}`)", "load(`/_next/x.js?${v}`)", "load(`/a/b/_next/x.js?${v}`)"],
  ['{"regex":"^/daai-base-path(?:/(.*))?$"}', '{"regex":"^(?:/(.*))?$"}', '{"regex":"^/a/b(?:/(.*))?$"}'],
  ['{"regexp":"^\\\\/daai-base-path(?:\\\\/x)$"}', '{"regexp":"^(?:\\\\/x)$"}', '{"regexp":"^/a/b(?:\\\\/x)$"}'],
  ['"/daai-base-paths" "/daai-base-path-2"', '"/daai-base-paths" "/daai-base-path-2"', '"/daai-base-paths" "/daai-base-path-2"'],
])("%s is built once, and served without a path and with one", (built, without, served) => {
  const { text, at } = withoutPath(built, BUILT_WITH);
  expect([text, withPath(text, at, "/a/b")]).toEqual([without, served]);
});

it("any text gets every path in all of its places", () => {
  const piece = fc.oneof(
    fc.constant(BUILT_WITH),
    fc.string({ unit: "binary" }).map((text) => `"${text.replaceAll("\\", "")}"`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const built = pieces.join('"');
      const { text, at } = withoutPath(built, BUILT_WITH);
      expect(text).not.toContain(BUILT_WITH);
      expect(withPath(text, at, "/console")).toBe(built.replaceAll(BUILT_WITH, "/console"));
    }),
    { numRuns: 50 },
  );
});
