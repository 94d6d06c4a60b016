import { expect, test } from "vitest";
import { ACTIVITY_KIND_LABELS, ACTIVITY_KINDS, kindOfVerb } from "./activity-kinds";
import { AUDIT_VERBS } from "./record-audit-event";

test.each(AUDIT_VERBS)("%s has a kind", (verb) => {
  expect(kindOfVerb(verb)).not.toBeNull();
});

test("every kind has its word", () => {
  expect(Object.keys(ACTIVITY_KIND_LABELS)).toEqual([...ACTIVITY_KINDS]);
});
