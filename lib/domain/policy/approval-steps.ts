import { MINUTE_MS } from "@/lib/domain/time/units";

/** How long an approval is valid: a day, as the database has it for new actions. */
export const DEFAULT_APPROVAL_VALID_MINUTES = 1440;

/** With less time than this there is no reminder, because the first email is still recent. */
export const REMINDER_MIN_WINDOW_MINUTES = 30;
const HALF_PERCENT = 50;
/** A tenth of the window is left. */
const NEAR_END_PERCENT = 90;

/** After which part of the window a second list can be asked. */
export const ESCALATION_PERCENTS = [25, 50, 75, 90] as const;

export type Reminder = "half_time" | "near_end";

/** How a workspace asks again. */
export interface StepSettings {
  readonly remindsAtHalf: boolean;
  readonly remindsNearEnd: boolean;
  readonly escalationPercent: number;
}

/** A request that waits, and which of its steps were taken. */
export interface StepState {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** How long its time stood still, in milliseconds. */
  readonly stoodStillMs: bigint;
  readonly remindedAtHalfAt: Date | null;
  readonly remindedNearEndAt: Date | null;
  readonly escalatedAt: Date | null;
}

export interface DueSteps {
  /** The one reminder that is due: of two at once, as after a long stop of the worker, the later one. */
  readonly reminder: Reminder | null;
  readonly isEscalationDue: boolean;
  /** When to look again; null: nothing comes before the end. */
  readonly nextStepAt: Date | null;
}

/** What is to be done about a request at that time, and when the next thing is. A step that is over was taken or left out. */
export function dueSteps(request: StepState, settings: StepSettings, now: Date): DueSteps {
  // As if it had been proposed later by the time that stood still.
  const start = request.createdAt.getTime() + Number(request.stoodStillMs);
  const windowMs = request.expiresAt.getTime() - start;
  const at = (percent: number) => new Date(start + (windowMs * percent) / 100);
  const [half, nearEnd, escalation] = [at(HALF_PERCENT), at(NEAR_END_PERCENT), at(settings.escalationPercent)];
  const isLongEnough = windowMs >= REMINDER_MIN_WINDOW_MINUTES * MINUTE_MS;
  const isDue = (time: Date, takenAt: Date | null) => takenAt === null && time <= now;
  const wantsNearEnd = isLongEnough && settings.remindsNearEnd && isDue(nearEnd, request.remindedNearEndAt);
  const wantsHalf = isLongEnough && settings.remindsAtHalf && isDue(half, request.remindedAtHalfAt) && request.remindedNearEndAt === null;
  const toCome = [half, nearEnd, escalation].map((time) => time.getTime()).filter((time) => time > now.getTime());
  return {
    reminder: wantsNearEnd ? "near_end" : wantsHalf ? "half_time" : null,
    isEscalationDue: isDue(escalation, request.escalatedAt),
    nextStepAt: toCome.length === 0 ? null : new Date(Math.min(...toCome)),
  };
}
