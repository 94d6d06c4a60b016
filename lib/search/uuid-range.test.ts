import { expect, it } from "vitest";
import { uuidRange } from "./uuid-range";

it("spans the ids that begin so", () => {
  expect(uuidRange("01A1F37F-")).toEqual({ first: "01a1f37f-0000-0000-0000-000000000000", last: "01a1f37f-ffff-ffff-ffff-ffffffffffff" });
  const whole = "019abcde-0000-7000-8000-00000000000a";
  expect(uuidRange(whole)).toEqual({ first: whole, last: whole });
});

it.each(["refund", "deadbe", "01a1", "facade", `${"0".repeat(33)}`, ""])("does not take %j for an id", (text) => {
  expect(uuidRange(text)).toBeNull();
});
