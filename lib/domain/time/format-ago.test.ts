import { expect, it } from "vitest";
import { formatAgo } from "./format-ago";

const NOW = new Date("2026-11-19T12:00:00Z");

it.each([
  ["2026-11-19T11:59:30Z", "just now"],
  ["2026-11-19T11:59:00Z", "1 minute ago"],
  ["2026-11-19T10:00:01Z", "1 hour ago"],
  ["2026-11-16T12:00:00Z", "3 days ago"],
  ["2026-11-19T12:00:30Z", "just now"],
  ["2026-11-19T14:30:00Z", "in 2 hours"],
])("%s is %s", (at, words) => {
  expect(formatAgo(new Date(at), NOW)).toBe(words);
});
