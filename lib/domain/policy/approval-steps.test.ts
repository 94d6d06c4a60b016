import { describe, expect, it } from "vitest";
import { dueSteps, type StepSettings, type StepState } from "./approval-steps";

const START = new Date("2026-11-25T10:00:00.000Z");
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);
/** 100 minutes to decide: a percent is a minute. */
const request = (different: Partial<StepState> = {}): StepState => ({
  createdAt: START,
  expiresAt: at(100),
  stoodStillMs: 0n,
  remindedAtHalfAt: null,
  remindedNearEndAt: null,
  escalatedAt: null,
  ...different,
});
const settings = (different: Partial<StepSettings> = {}): StepSettings => ({
  remindsAtHalf: true,
  remindsNearEnd: true,
  escalationPercent: 75,
  ...different,
});
const due = (minutes: number, state: Partial<StepState> = {}, set: Partial<StepSettings> = {}) => {
  const { reminder, isEscalationDue, nextStepAt } = dueSteps(request(state), settings(set), at(minutes));
  return [reminder, isEscalationDue, nextStepAt === null ? null : (nextStepAt.getTime() - START.getTime()) / 60_000];
};

describe("dueSteps", () => {
  it.each<[string, unknown[], unknown[]]>([
    ["nothing yet", due(49), [null, false, 50]],
    ["half-time", due(50), ["half_time", false, 75]],
    ["half-time later by what stood still", due(1049, { expiresAt: at(1100), stoodStillMs: 60_000_000n }), [null, false, 1050]],
    ["half-time of the moved window", due(1050, { expiresAt: at(1100), stoodStillMs: 60_000_000n }), ["half_time", false, 1075]],
    ["half-time only once", due(60, { remindedAtHalfAt: at(50) }), [null, false, 75]],
    ["escalation", due(75, { remindedAtHalfAt: at(50) }), [null, true, 90]],
    ["escalation only once", due(80, { remindedAtHalfAt: at(50), escalatedAt: at(75) }), [null, false, 90]],
    ["near the end", due(90, { remindedAtHalfAt: at(50), escalatedAt: at(75) }), ["near_end", false, null]],
    ["one reminder after a long stop, and the escalation", due(95), ["near_end", true, null]],
    ["no reminder at half-time when it is off", due(50, {}, { remindsAtHalf: false }), [null, false, 75]],
    ["the half-time's reminder late, when the other is off", due(92, {}, { remindsNearEnd: false }), ["half_time", true, null]],
    ["no half-time after the end's", due(95, { remindedNearEndAt: at(90), escalatedAt: at(75) }), [null, false, null]],
    ["an early escalation", due(25, {}, { escalationPercent: 25 }), [null, true, 50]],
    ["no reminder in a short time, but the escalation", due(19, { expiresAt: at(20) }), [null, true, null]],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
