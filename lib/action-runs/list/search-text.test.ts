import { describe, expect, test } from "vitest";
import { idRange, idsFrom, idsUntil, likePattern, searchWords } from "./search-text";

describe("searching", () => {
  test("parts words at blanks and where an id was shortened", () => {
    expect(searchWords("  INV-10  café\u00a0ok ")).toEqual(["INV-10", "café", "ok"]);
    expect(searchWords("01a1f3ff…01ae")).toEqual(["01a1f3ff", "01ae"]);
  });

  test("takes nothing in a word for a placeholder", () => {
    expect(likePattern("100%_\\")).toBe("%100\\%\\_\\\\%");
  });

  test("knows the beginning of an id", () => {
    expect(idRange("01A1F3FF")).toEqual({ from: "01a1f3ff-0000-0000-0000-000000000000", to: "01a1f3ff-ffff-ffff-ffff-ffffffffffff" });
    expect(idRange("01a1f3ff-d4")?.from).toBe("01a1f3ff-d400-0000-0000-000000000000");
    expect(idRange("01a1f3ff-")?.to).toBe("01a1f3ff-ffff-ffff-ffff-ffffffffffff");
    for (const text of ["01a1f3f", "01a1f3fg", "01a1-f3ff", "01a1f3ffd484", "finance_agent", ""]) expect(idRange(text), text).toBeNull();
  });

  test("bounds the ids of a time", () => {
    const time = new Date(0x01a1f3ffd484);
    const id = "01a1f3ff-d484-7948-ba8d-e1f33f0601ae";
    expect(idsFrom(time, 0) <= id && id <= idsUntil(time, 0)).toBe(true);
    expect(idsFrom(time, 1000) < idsFrom(time, 0)).toBe(true);
  });
});
