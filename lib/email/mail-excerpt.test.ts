import { describe, expect, it } from "vitest";
import { excerptRows, excerptText } from "./mail-excerpt";

describe("excerptText", () => {
  it("leaves a text that fits as it is", () => {
    expect(excerptText("fits\u200b", 1_000)).toBe("fits\u200b");
    expect(excerptText("", 0)).toBe("");
  });

  it("says how many characters are left out, and cuts none in two", () => {
    expect(excerptText("x".repeat(1_300), 66)).toBe(`${"x".repeat(66)} … and 1,234 more characters on the page`);
    expect(excerptText("💸💸", 6)).toBe("💸 … and 1 more character on the page");
    expect(excerptText("a\u200bb", 100)).toBe("a … and 2 more characters on the page");
  });
});

describe("excerptRows", () => {
  const row = (text: string) => ({ path: "p", text });

  it("gives every row room before one has all of it", () => {
    const { rows, hidden } = excerptRows([row("x".repeat(15_000)), row("next"), row("last")], 5_000);
    expect(hidden).toBe(0);
    expect(rows[0]?.text).toMatch(/^x+ … and [\d,]+ more characters on the page$/);
    expect(rows.slice(1)).toEqual([row("next"), row("last")]);
  });

  it("leaves out the last ones, and always shows the first", () => {
    const many = Array.from({ length: 100 }, (_, n) => row(`value ${n}`));
    const { rows, hidden } = excerptRows(many, 5_000);
    expect(rows).toEqual(many.slice(0, rows.length));
    expect(rows.length + hidden).toBe(100);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ text }) => !text?.includes("more character"))).toBe(true);
    expect(excerptRows([row("x"), row("y")], 0)).toMatchObject({ rows: [{ path: "p" }], hidden: 1 });
  });
});
