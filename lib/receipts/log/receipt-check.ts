import type { Verdict } from "@/lib/domain/log/verdict";

/** What the console found when it checked a receipt, and what somebody needs to find it out without the console. */
export interface ReceiptCheck {
  /** The receipt's file, as it is downloaded. */
  fileText: string;
  /** Public keys of this console, as text. */
  keys: string[];
  verdict: Verdict;
  /** A receipt has no place in the log yet: it gets one within a second. */
  isWaiting: boolean;
  /** The log as it was signed last; null when its checkpoint cannot be relied on, or there is none yet. */
  log: { origin: string; size: number; signedAt: Date; signedBy: string[] } | null;
}
