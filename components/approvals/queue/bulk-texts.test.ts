import { describe, expect, it } from "vitest";
import type { Approvals } from "@/lib/domain/runs/approvals";
import { type BulkOutcome, bulkEffect, bulkResult, outcomeText } from "./bulk-texts";

const needs = (required: number, given: number, stages = 1): Approvals => ({ stage: 1, stages, required, given, by: [], votes: [] });
const line = (approvals: Approvals | null, identicalIds: string[] = []) => ({ approvals, identicalIds });
const done = (pending: Approvals | null) => ({ ok: true, pending }) as const;
const all = (...outcomes: BulkOutcome[]) => new Map(outcomes.map((outcome, at) => [`${at}`, outcome]));
const refused = { ok: false, code: "already_decided", detail: "Too late." } as const;

describe("deciding several runs at once", () => {
  it("says before it which of them still need others", () => {
    const last = line(needs(2, 1));
    expect(bulkEffect("approve", [line(null), last])).toBe("Each of them may then run once.");
    expect(bulkEffect("approve", [line(needs(2, 0)), line(needs(1, 0, 2))])).toBe(
      "Each of them still needs other approvals before it may run.",
    );
    expect(bulkEffect("approve", [line(needs(2, 0)), last])).toBe(
      "Each of them may then run once, but 1 of them still needs other approvals first.",
    );
    expect(bulkEffect("approve", [line(needs(2, 0), ["b"]), last])).toBe(
      "Each of them may then run once, but 2 of them still need other approvals first.",
    );
    expect(bulkEffect("reject", [line(needs(2, 0))])).toBe("None of them may run. The agents can propose them again.");
  });

  it("says afterwards what was decided, and that a yes among several is one", () => {
    expect(bulkResult("approve", all(done(null), refused))).toBe("Approved 1 of 2 runs");
    expect(bulkResult("reject", all(done(null)))).toBe("Rejected 1 of 1 run");
    expect(bulkResult("approve", all(done(null), done(needs(2, 1)), refused))).toBe("2 of 3 approvals recorded");
    expect(outcomeText("approve", done(null))).toBe("Approved");
    expect(outcomeText("approve", done(needs(2, 1)))).toBe("Approval recorded: 1 of 2 approvals given. The run stays pending.");
  });
});
