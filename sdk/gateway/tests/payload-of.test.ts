import { describe, expect, it } from "vitest";
import { payloadOf, sha256, sizeOf } from "../src/payload-of";

describe("the payload of a call", () => {
  it("is its arguments", () => {
    const args = { path: "/a", content: "x".repeat(10_000) };
    expect(payloadOf(args)).toBe(args);
  });

  it("has the longest texts by their hashes if it is too large for the console", () => {
    const content = "ü".repeat(20_000);
    const other = "y".repeat(5_000);
    const payload = payloadOf({ path: "/a", parts: [{ content }, other] });
    expect(payload).toEqual({
      path: "/a",
      parts: [{ content: { beginning: `${"ü".repeat(250)}…`, characters: 20_000, sha256: sha256(content) } }, other],
    });
    expect(sizeOf(payload)).toBeLessThanOrEqual(16_384);
  });

  it("differs for texts that differ anywhere", () => {
    const text = (end: string) => payloadOf({ content: `${"z".repeat(30_000)}${end}` });
    expect(text("a")).not.toEqual(text("b"));
  });
});
