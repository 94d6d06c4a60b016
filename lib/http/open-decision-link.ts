import { getEarlierRuns } from "@/lib/action-runs/list/get-earlier-runs";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { noteLinkOpened } from "@/lib/approvals/note-opened";
import { visitorContext } from "@/lib/auth/contexts";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import { orRefuseFailure } from "./or-refuse-failure";

/**
 * What the page of a decision link shows. The first look counts as nothing: programs that check mails look, too. What follows it,
 * the second step and what became of it, is a person's; it keeps when the link was first opened, if the page is shown to
 * somebody. Never rejects.
 */
export function openDecisionLink(
  token: string,
  { clientAddress, isFirstLook, isShown }: { clientAddress: string; isFirstLook: boolean; isShown: boolean },
): Promise<{ ok: true; decision: DecisionView; earlier: EarlierRuns } | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("decision page", async () => {
    const found = await getDecisionByToken(visitor, token);
    if (!found.ok && found.code === "invalid_link") {
      const guess = await countLinkGuess(visitor, clientAddress);
      return guess.ok ? found : guess;
    }
    if (isShown && !isFirstLook) await noteLinkOpened(visitor, token);
    return found.ok ? { ...found, earlier: await getEarlierRuns(visitor, found.decision.runId) } : found;
  });
}
