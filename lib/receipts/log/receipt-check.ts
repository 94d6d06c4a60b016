import type { Verdict } from "@/lib/domain/log/verdict";

/** The console's own check of a receipt, and what others need to repeat it without the console. */
export interface ReceiptCheck {
  /** The receipt's file, as it is downloaded. */
  fileText: string;
  /** Public keys of this console, as text. */
  keys: string[];
  verdict: Verdict;
  /** A receipt is not in the log yet; it will be within a second. */
  isWaiting: boolean;
  /** The newest checkpoint; null when there is none yet or it is inconsistent. */
  log: { origin: string; size: number; signedAt: Date; signedBy: string[] } | null;
}
