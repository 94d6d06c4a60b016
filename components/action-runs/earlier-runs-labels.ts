import { EARLIER_DAYS, EARLIER_OUTCOMES, type EarlierOutcome, type EarlierRuns, MAX_EARLIER } from "@/lib/domain/runs/earlier-runs";

const PLURALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };
const OUTCOME_LABELS: Record<EarlierOutcome, string> = {
  approved: "approved",
  allowed: "allowed without asking",
  rejected: "rejected",
  blocked: "blocked",
  withdrawn: "withdrawn",
  lapsed: "approved and lapsed",
  expired: "expired",
  pending: "pending approval",
};

/** "3rd “Refund customer” to this recipient in 30 days: 1 approved, 1 rejected". */
export function alikeLabel(actionTitle: string, alike: NonNullable<EarlierRuns["alike"]>): string {
  const total = EARLIER_OUTCOMES.reduce((sum, outcome) => sum + alike[outcome], 0);
  const what = `“${actionTitle}” to this recipient in ${EARLIER_DAYS} days`;
  if (total === 0) return `First ${what}`;
  const outcomes = EARLIER_OUTCOMES.filter((outcome) => alike[outcome] > 0).map(
    (outcome) => `${alike[outcome]} ${OUTCOME_LABELS[outcome]}`,
  );
  const list = outcomes.join(", ");
  return total < MAX_EARLIER ? `${ordinal(total + 1)} ${what}: ${list}` : `More than ${MAX_EARLIER} ${what}. Last ${MAX_EARLIER}: ${list}`;
}

/** Completes the actor's name: "14 of 15 requests approved in 30 days". */
export function byActorLabel({ approved, decided }: NonNullable<EarlierRuns["byActor"]>): string {
  if (decided === 0) return `no requests decided in ${EARLIER_DAYS} days`;
  if (decided >= MAX_EARLIER) return `${approved} of the last ${MAX_EARLIER} requests approved`;
  return `${approved} of ${decided} ${decided === 1 ? "request" : "requests"} approved in ${EARLIER_DAYS} days`;
}

function ordinal(number: number): string {
  return number === 1 ? "First" : `${number}${ENDINGS[PLURALS.select(number)] ?? "th"}`;
}
