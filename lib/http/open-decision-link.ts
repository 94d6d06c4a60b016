import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { noteLinkOpened } from "@/lib/approvals/note-opened";
import { visitorContext } from "@/lib/auth/contexts";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { countLinkAttempt } from "@/lib/limits/count-link-attempt";
import { orRefuseFailure } from "./or-refuse-failure";

/**
 * What the page of a decision link shows. The first look counts as an attempt, and as nothing else: programs that check mails look,
 * too. What follows it, the second step and what became of it, is a person's, whom nobody keeps from it who holds the link; it
 * keeps when the link was first opened, if the page is shown to somebody. Never rejects.
 */
export function openDecisionLink(
  token: string,
  { clientAddress, isFirstLook, isShown }: { clientAddress: string; isFirstLook: boolean; isShown: boolean },
): Promise<{ ok: true; decision: DecisionView } | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("decision page", async () => {
    if (isFirstLook) {
      const attempt = await countLinkAttempt(visitor, clientAddress);
      return attempt.ok ? getDecisionByToken(visitor, token) : attempt;
    }
    const found = await getDecisionByToken(visitor, token);
    if (!found.ok && found.code === "invalid_link") {
      const attempt = await countLinkAttempt(visitor, clientAddress);
      return attempt.ok ? found : attempt;
    }
    if (isShown) await noteLinkOpened(visitor, token);
    return found;
  });
}
