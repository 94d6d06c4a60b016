import type { DecisionView } from "@/lib/approvals/decision-view";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { noteLinkOpened } from "@/lib/approvals/note-opened";
import type { Refusal } from "@/lib/domain/refusal";
import { orRefuseFailure } from "@/lib/http/or-refuse-failure";
import { countLinkAttempt } from "@/lib/limits/count-link-attempt";

/**
 * What the page of a decision link shows. Reads only, apart from counting that a link was opened, and from keeping when that
 * was first, if somebody is shown it. Never rejects.
 */
export function openDecisionLink(
  token: string,
  { clientAddress, isShown }: { clientAddress: string; isShown: boolean },
): Promise<{ ok: true; decision: DecisionView } | Refusal> {
  return orRefuseFailure("decision page", async () => {
    const attempt = await countLinkAttempt(clientAddress);
    if (!attempt.ok) return attempt;
    if (isShown) await noteLinkOpened(token);
    return getDecisionByToken(token);
  });
}
