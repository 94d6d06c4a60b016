import { expect, test } from "vitest";
import { limitNote, type ShownLimit } from "./limit-messages";

const resetsAt = new Date("2026-12-01T00:00:00Z");

test.each<[ShownLimit, number, number | null, string | null]>([
  ["emailsPerMonth", 84, 100, "16 left until 1 December"],
  ["emailsPerMonth", 79, 100, null],
  ["emailsPerMonth", 100, 100, "None left until 1 December"],
  ["runsPerMonth", 8500, 10_000, "1,500 left until 1 December"],
  ["runsPerMonth", 5, null, null],
  ["activeWorkspaces", 2, 2, "Limit reached. Delete one to add another."],
  ["activeWorkspaces", 3, 2, "Limit reached. Delete one to add another."],
  ["activeActionsPerWorkspace", 9, 10, "1 left"],
  ["activeActionsPerWorkspace", 0, 0, "Limit reached. Deactivate one to add another."],
])("%s, %d of %s: %s", (name, used, limit, note) => {
  expect(limitNote(name, { used, limit, resetsAt })).toBe(note);
});
