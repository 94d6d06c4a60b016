import { askedEnding } from "@/components/members/asked-ending";
import type { AccountRights } from "@/lib/members/get-account-rights";
import { counted } from "@/lib/words/counted";

/** What ends with an account, a sentence each. */
export function accountEndings({ sessions, lists, runsWaiting, ownedAlone }: AccountRights): string[] {
  return [
    ...(sessions === 0 ? [] : [`${counted(sessions, "session")} ${sessions === 1 ? "ends" : "end"}, and every mailed link.`]),
    ...(lists === 0 ? [] : [`They are taken off ${counted(lists, "list")} of approvers.`]),
    ...askedEnding(runsWaiting),
    ...(ownedAlone.length === 0
      ? []
      : [
          `${ownedAlone.join(", ")} ${ownedAlone.length === 1 ? "has" : "have"} no other owner: give it one, or nobody is mailed there in their place.`,
        ]),
  ];
}
