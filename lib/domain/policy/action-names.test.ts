import { describe, expect, it } from "vitest";
import { isActionName } from "./action-names";

describe("isActionName", () => {
  it.each(["send_invoice_reminder", "a1", `a${"b".repeat(63)}`])("accepts %s", (name) => expect(isActionName(name)).toBe(true));
  it.each(["", "a", "A1", "1a", "_a", "a-b", "a b", "a1\n", "аction", `a${"b".repeat(64)}`])("refuses %j", (name) =>
    expect(isActionName(name)).toBe(false),
  );
});
