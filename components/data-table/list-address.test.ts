import { describe, expect, it } from "vitest";
import { listAddress, nextSort, sortDirection } from "./list-address";

describe("listAddress", () => {
  const current = new URLSearchParams("q=refund&before=abc&status=allowed");

  it("changes and removes filters, and begins at the beginning", () => {
    expect(listAddress("/runs", current, { status: ["blocked", "rejected"], q: "" })).toBe("/runs?status=blocked%2Crejected");
    expect(listAddress("/runs", current, { q: null, status: undefined })).toBe("/runs");
  });

  it("keeps what it was not told of", () => {
    expect(listAddress("/runs", current, { sort: "-amount" })).toBe("/runs?q=refund&status=allowed&sort=-amount");
  });
});

it("sorts descending first, then turns around", () => {
  expect(nextSort(null, "amount")).toBe("-amount");
  expect(nextSort("-amount", "amount")).toBe("amount");
  expect(nextSort("amount", "amount")).toBe("-amount");
  expect(sortDirection("-amount", "amount")).toBe("descending");
  expect(sortDirection("amount", "amount")).toBe("ascending");
  expect(sortDirection("created", "amount")).toBeNull();
});
