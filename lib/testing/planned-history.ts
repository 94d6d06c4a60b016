import fc from "fast-check";
import type { PlannedCommand } from "./run-history";

const plain = (...types: ("expire" | "window_ends" | "lease_ends" | "claim" | "replay" | "withdraw" | "lapse" | "approval_ends")[]) =>
  fc.constantFrom(...types.map((type) => ({ type })));
const shows = fc.constantFrom("own" as const, "own" as const, "last" as const, "first" as const, "wrong" as const, "none" as const);
const deciding = fc.record({
  type: fc.constant("decide" as const),
  decision: fc.constantFrom("approve" as const, "approve" as const, "reject" as const, "block" as const),
  by: fc.constantFrom("ann" as const, "ben" as const, "operator" as const),
});
const revoking = fc.record({
  type: fc.constant("revoke" as const),
  by: fc.constantFrom("ann" as const, "ben" as const, "operator" as const),
});
const executing = fc.oneof(
  plain("claim", "claim", "lease_ends", "replay"),
  fc.record({ type: fc.constantFrom("renew" as const, "release" as const), shows }),
  fc.record({ type: fc.constant("report" as const), outcome: fc.constantFrom("executed" as const, "failed" as const), shows }),
  fc.record({
    type: fc.constant("settle" as const),
    settlement: fc.constantFrom("executed" as const, "failed" as const, "released" as const),
  }),
);
const anything: fc.Arbitrary<PlannedCommand> = fc.oneof(
  deciding,
  executing,
  revoking,
  plain("expire", "window_ends", "withdraw", "lapse", "approval_ends"),
);

/** On which action a run is, and what each of those who meddle with it at once does, one after the other. */
export interface PlannedHistory {
  action: string;
  actors: PlannedCommand[][];
}

const actorsOf = (command: fc.Arbitrary<PlannedCommand>, most: number) =>
  fc.array(fc.array(command, { minLength: 1, maxLength: most }), { minLength: 2, maxLength: 3 });
export const plannedHistory: fc.Arbitrary<PlannedHistory> = fc.oneof(
  fc.record({
    action: fc.constant("asked"),
    actors: actorsOf(fc.oneof(deciding, revoking, plain("expire", "window_ends", "replay", "withdraw", "lapse", "approval_ends")), 2),
  }),
  fc.record({ action: fc.constantFrom("asked", "asked_repeatable"), actors: actorsOf(anything, 2) }),
  fc.record({
    action: fc.constantFrom("asked", "asked_repeatable"),
    actors: actorsOf(fc.oneof(executing, revoking, plain("lapse", "approval_ends", "claim", "withdraw")), 2).map(
      ([first = [], ...rest]) => [[{ type: "decide" as const, decision: "approve" as const, by: "ann" as const }, ...first], ...rest],
    ),
  }),
  fc.record({ action: fc.constantFrom("allowed", "allowed_repeatable"), actors: actorsOf(fc.oneof(executing, plain("withdraw")), 3) }),
);
