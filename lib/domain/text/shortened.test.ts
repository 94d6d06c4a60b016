import { expect, it } from "vitest";
import { shortened } from "./shortened";

it.each<[string, string]>([
  ["", ""],
  ["four", "four"],
  ["fives", "fiv…"],
  // Never half a character.
  ["😀😀😀😀", "😀😀😀😀"],
  ["😀😀😀😀😀", "😀😀😀…"],
])("%s", (text, short) => {
  expect(shortened(text, 4)).toBe(short);
});
