import { describe, expect, it } from "vitest";
import { foldText } from "./fold-text";

describe("foldText", () => {
  it("leaves a short text alone", () => {
    expect(foldText("second charge")).toEqual({ head: "second charge", hiddenCount: 0 });
    expect(foldText("")).toEqual({ head: "", hiddenCount: 0 });
  });

  it("does not fold for a few words", () => {
    const text = "a".repeat(339);
    expect(foldText(text)).toEqual({ head: text, hiddenCount: 0 });
  });

  it("says how much it hides of a long text", () => {
    expect(foldText("a".repeat(1000))).toEqual({ head: "a".repeat(280), hiddenCount: 720 });
  });

  it("cuts no character in two", () => {
    const { head, hiddenCount } = foldText("😀".repeat(400));
    expect(head).toBe("😀".repeat(280));
    expect(hiddenCount).toBe(120);
  });

  it("folds a short text of many lines, which could push the buttons off the screen", () => {
    const { head, hiddenCount } = foldText("a\n".repeat(20));
    expect(head).toBe("a\na\na\na\na\na");
    expect(hiddenCount).toBe(29);
  });

  it("hides no more than there is", () => {
    for (const text of ["a\n".repeat(6), "x".repeat(500), `${"\n".repeat(9)}end`]) {
      const { head, hiddenCount } = foldText(text);
      expect([...head].length + hiddenCount).toBe([...text].length);
      expect(text.startsWith(head)).toBe(true);
    }
  });
});
