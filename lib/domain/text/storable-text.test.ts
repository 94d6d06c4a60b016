import { expect, test } from "vitest";
import { isStorableText, unstorablePaths } from "./storable-text";

test.each(["", "Päyment", "👩‍🚀", "line\nbreak", "\u0001"])("%j can be stored", (text) => {
  expect(isStorableText(text)).toBe(true);
});

test.each(["\0", "a\0b", "\ud800", "half \udfff"])("%j cannot", (text) => {
  expect(isStorableText(text)).toBe(false);
});

test("what cannot be stored is found wherever it is", () => {
  expect(
    unstorablePaths({ name: "a\0", approvers: [{ email: "fine" }, { email: "\ud800" }], count: 1, none: null, at: new Date(0) }),
  ).toEqual(["name", "approvers.1.email"]);
  expect(unstorablePaths("\0")).toEqual([""]);
  expect(unstorablePaths(undefined)).toEqual([]);
});
