import type { Successor } from "@/lib/approvers/list-successors";
import { approvalsEndText } from "@/lib/words/approvals-end-text";
import { counted } from "@/lib/words/counted";
import { namesOf } from "@/lib/words/names-of";

interface Asked {
  readonly runsWaiting: number;
  readonly approvalsGiven: number;
  readonly askedInstead: readonly string[];
  readonly successors: readonly Successor[];
}

/** What happens to the pending runs about which someone was asked who no longer decides, and to those they have approved, in a list of what ends. `to`: who takes them over. */
export function askedEnding(asked: Asked, to: string): string[] {
  const { runsWaiting, approvalsGiven } = asked;
  return [
    ...(runsWaiting > 0 ? [requestsEnding(asked, to)] : []),
    ...(approvalsGiven > 0 ? [approvalsEndText("They", approvalsGiven)] : []),
  ];
}

function requestsEnding({ runsWaiting, askedInstead, successors }: Asked, to: string): string {
  const taken = successors.find(({ email }) => email === to)?.runs ?? 0;
  const others = `${namesOf(askedInstead, "the workspace’s owners")} ${askedInstead.length === 1 ? "is" : "are"} asked`;
  const asked =
    taken === 0
      ? `${others} instead`
      : taken < runsWaiting
        ? `${to} is asked about ${taken} of them instead. About the rest, ${others}`
        : `${to} is asked instead`;
  return `They were asked to approve ${counted(runsWaiting, "pending run")}. Their links stop working, and ${asked}.`;
}
