import { expect, test } from "vitest";
import { ACCOUNT_SENTENCES } from "@/lib/testing/audit-sentences/account-sentences";
import { ACTION_SENTENCES } from "@/lib/testing/audit-sentences/action-sentences";
import { BUDGET_AND_GRANT_SENTENCES } from "@/lib/testing/audit-sentences/budget-and-grant-sentences";
import { RUN_SENTENCES } from "@/lib/testing/audit-sentences/run-sentences";
import { WEBHOOK_SENTENCES } from "@/lib/testing/audit-sentences/webhook-sentences";
import { WORKSPACE_SENTENCES } from "@/lib/testing/audit-sentences/workspace-sentences";
import { auditSentence } from "./audit-sentence";
import { AUDIT_VERBS } from "./record-audit-event";
import type { SentencePart } from "./sentence-parts";

const plain = (parts: SentencePart[]) =>
  parts.map((part) => (typeof part === "string" ? part : "strong" in part ? `*${part.strong}*` : `\`${part.code}\``)).join("");

const TABLE = [
  ...ACCOUNT_SENTENCES,
  ...WORKSPACE_SENTENCES,
  ...ACTION_SENTENCES,
  ...BUDGET_AND_GRANT_SENTENCES,
  ...RUN_SENTENCES,
  ...WEBHOOK_SENTENCES,
];

test.each(TABLE)("%s %o", (verb, data, subject, sentence) => {
  expect(plain(auditSentence(verb, { data, subject }))).toBe(sentence);
});

test("the table has every verb", () => {
  expect([...new Set(TABLE.map(([verb]) => verb))].sort()).toEqual([...AUDIT_VERBS].sort());
});

test.each(AUDIT_VERBS)("%s is worded even when nothing is known of it", (verb) => {
  const sentence = plain(auditSentence(verb, { data: {}, subject: null }));
  expect(sentence).toMatch(/^[a-z]/);
  expect(sentence).not.toMatch(/undefined|null|\[object/);
});
