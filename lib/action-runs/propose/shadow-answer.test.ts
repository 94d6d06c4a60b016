import { expect, test, vi } from "vitest";
import type { PolicyDraft } from "@/lib/domain/policy/policy-draft";
import { logger } from "@/lib/logger";
import { answerInShadow } from "./shadow-answer";

test("a draft that can't be evaluated has no answer, and is told once to the log", () => {
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => undefined);
  const draft = { policy: { type: "of another release" } } as unknown as PolicyDraft;
  const circumstances = { recipient: null, actor: null, source: null, key: null, risk: null, now: null };
  for (const id of ["first", "first", "second", "first"])
    expect(answerInShadow({ id, draft }, { outcome: "allowed", reason: "policy_always_allow" }, {}, circumstances)).toEqual({
      id,
      policy_outcome: "allowed",
      outcome: null,
      reason: null,
      rule: null,
    });
  expect(warn.mock.calls.map(([facts]) => (facts as { shadowId: string }).shadowId)).toEqual(["first", "second"]);
});
