import type { DecisionEffect } from "@/lib/domain/runs/statuses";
import type { MadeRun } from "./make-run";

/** A run with what its rows share. */
export interface NumberedRun extends MadeRun {
  readonly id: string;
  readonly salt: Buffer;
  readonly payloadText: string;
  /** What the policy, then a person or the clock made of it. */
  readonly effect: Omit<DecisionEffect, "executionStatus">;
  /** null: not decided yet. */
  readonly decidedAt: Date | null;
}
