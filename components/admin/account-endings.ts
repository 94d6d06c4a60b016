import { askedEnding } from "@/components/members/asked-ending";
import type { AccountRights } from "@/lib/members/get-account-rights";
import { counted } from "@/lib/words/counted";

/** What ends with an account, a sentence each. */
export function accountEndings(rights: AccountRights, successor: string): string[] {
  const { sessions, lists, ownedAlone } = rights;
  return [
    ...(sessions === 0 ? [] : [`${counted(sessions, "session")} will end, and every emailed link will stop working.`]),
    ...(lists === 0 ? [] : [`They’ll be removed from ${counted(lists, "approver list")}.`]),
    ...askedEnding(rights, successor),
    ...(ownedAlone.length === 0
      ? []
      : [
          `${ownedAlone.join(", ")} ${ownedAlone.length === 1 ? "has" : "have"} no other owner. Add one, or nobody is emailed there in their place.`,
        ]),
  ];
}
