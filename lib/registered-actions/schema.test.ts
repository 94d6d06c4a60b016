import { describe, expect, it } from "vitest";
import { proposePolicy, REACH_ANSWERS, UNDO_ANSWERS } from "@/lib/domain/policy/propose-policy";
import { policySchema } from "./schema";

describe("the policy of an action", () => {
  it("has rules with their type alone", () => {
    const rules = { rules: [{ name: "large", when: "amount > 5", then: "ask" as const }], otherwise: "allow" as const };
    expect(policySchema.safeParse({ type: "rules", rules }).success).toBe(true);
    expect(policySchema.safeParse({ type: "rules" }).success).toBe(false);
    expect(policySchema.safeParse({ type: "always_allow", rules }).success).toBe(false);
  });

  it("takes every policy that is proposed", () => {
    for (const undo of UNDO_ANSWERS) {
      for (const reach of REACH_ANSWERS) {
        for (const askAbove of [null, "500"]) {
          const { type, threshold } = proposePolicy({ undo, reach, askAbove, movesMoney: true });
          expect(policySchema.safeParse({ type, threshold }).success).toBe(true);
        }
      }
    }
  });
});
