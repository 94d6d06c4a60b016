import { describe, expect, it } from "vitest";
import { entityTag, matchesEntityTag } from "./etag";

const tag = entityTag('{"a":1}');

describe("entity tags", () => {
  it("are strong, quoted and the same for the same body only", () => {
    expect(tag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    expect(entityTag('{"a":1}')).toBe(tag);
    expect(entityTag('{"a":1} ')).not.toBe(tag);
  });

  it.each([tag, `W/${tag}`, `"other", ${tag}`, ` ${tag} ,"x"`, "*"])("match %s", (header) => {
    expect(matchesEntityTag(header, tag)).toBe(true);
  });

  it.each([undefined, "", '"other"', tag.slice(1, -1), "**"])("do not match %s", (header) => {
    expect(matchesEntityTag(header, tag)).toBe(false);
  });
});
