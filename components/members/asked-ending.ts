import { counted } from "@/lib/words/counted";

/** What happens to the pending runs about which someone was asked who decides nothing any more, in a list of what ends. */
export function askedEnding(pendingRuns: number): string[] {
  if (pendingRuns === 0) return [];
  return [
    `They were asked to approve ${counted(pendingRuns, "pending run")}. Their links stop working, and the remaining approvers are asked.`,
  ];
}
