import { counted } from "@/lib/words/counted";

/** What happens to the pending runs about which someone was asked who decides nothing any more, in a list of what ends. */
export function askedEnding(pendingRuns: number): string[] {
  if (pendingRuns === 0) return [];
  return [
    `${pendingRuns === 1 ? "Their link" : "Their links"} to ${counted(pendingRuns, "pending run")} ${pendingRuns === 1 ? "stops" : "stop"} working. Current approvers who weren’t asked yet are asked now.`,
  ];
}
