import { expect, test } from "vitest";
import { readSearchWords } from "./read-search-words";

test.each([
  [" Bright water ", "Bright water"],
  ["x".repeat(300), "x".repeat(200)],
  [undefined, ""],
  [["one", "two"], ""],
  ["a\0b", ""],
  ["\ud800", ""],
])("%j is a search for %j", (text, words) => {
  expect(readSearchWords(text)).toBe(words);
});
