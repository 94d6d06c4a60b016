import type { DecisionChannel } from "@/lib/domain/log/receipt-body";
import type { Decision } from "@/lib/domain/runs/statuses";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { COMMENTS } from "./people";
import type { SeedAction } from "./seed-world";
import type { SeededRandom } from "./seeded-random";

export interface MadeApproval {
  readonly approverEmails: readonly string[];
  readonly expiresAt: Date;
  /** null: still waiting at the history's end. */
  readonly answer: MadeAnswer | null;
}

export interface MadeAnswer {
  readonly decision: Decision | "expire";
  readonly channel: DecisionChannel;
  readonly decidedBy: string | null;
  readonly comment: string | null;
  readonly at: Date;
}

export function makeApproval(
  { approverEmails, windowMinutes }: SeedAction,
  createdAt: Date,
  until: Date,
  random: SeededRandom,
): MadeApproval {
  const expiresAt = new Date(createdAt.getTime() + windowMinutes * MINUTE_MS);
  const answer = makeAnswer(approverEmails, { createdAt, expiresAt }, random);
  return { approverEmails, expiresAt, answer: answer.at <= until ? answer : null };
}

function makeAnswer(
  approvers: SeedAction["approverEmails"],
  { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date },
  random: SeededRandom,
): MadeAnswer {
  const decision = random.weighted<MadeAnswer["decision"]>([
    [72, "approve"],
    [16, "reject"],
    [4, "block"],
    [8, "expire"],
  ]);
  if (decision === "expire") {
    return { decision, channel: "expiry", decidedBy: null, comment: null, at: new Date(expiresAt.getTime() + random.integer(100, 60_000)) };
  }
  // Mostly within the hour, some after half a day, none too late.
  const takenMs = Math.round(Math.exp(random.fraction() * 6.5) * MINUTE_MS);
  return {
    decision,
    channel: random.weighted<DecisionChannel>([
      [75, "decision_link"],
      [20, "console"],
      [5, "admin_cli"],
    ]),
    decidedBy: random.pick(approvers),
    comment: random.chance(decision === "approve" ? 0.2 : 0.8) ? random.pick(COMMENTS[decision]) : null,
    at: new Date(Math.min(createdAt.getTime() + takenMs, expiresAt.getTime() - 1)),
  };
}
