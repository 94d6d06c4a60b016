import { DAY_MS } from "@/lib/domain/time/units";

/** How far back from a run its history goes. */
export const EARLIER_DAYS = 30;
export const EARLIER_MS = EARLIER_DAYS * DAY_MS;
/** The newest earlier runs that are counted, so that the cost doesn't depend on the workspace's size. */
export const MAX_EARLIER = 100;

/** In display order. The last three before `pending` have the status of a rejected run, though no one rejected it. */
export const EARLIER_OUTCOMES = ["approved", "allowed", "rejected", "blocked", "withdrawn", "lapsed", "expired", "pending"] as const;
export type EarlierOutcome = (typeof EARLIER_OUTCOMES)[number];

/** What happened before to runs like this one, for the person who decides. */
export interface EarlierRuns {
  /** Runs of the same action for the same recipient; null: the run has no recipient that the console could read. */
  readonly alike: Readonly<Record<EarlierOutcome, number>> | null;
  /** What people decided about the same actor's runs; null: the run names no actor. */
  readonly byActor: { readonly approved: number; readonly decided: number } | null;
}
