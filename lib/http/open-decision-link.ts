import { getEarlierRuns } from "@/lib/action-runs/list/get-earlier-runs";
import type { RunFreeze } from "@/lib/action-runs/status/refuse-frozen";
import { getDecisionByToken, getGrantOfferByToken } from "@/lib/approvals/get-decision-by-token";
import { countIdentical } from "@/lib/approvals/identical-requests";
import { noteLinkOpened } from "@/lib/approvals/note-opened";
import { visitorContext } from "@/lib/auth/contexts";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import type { GrantOffer } from "@/lib/grants/offer-grant";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import { orRefuseFailure } from "./or-refuse-failure";

/**
 * Returns what a decision link's page shows. The first view isn't recorded, because email scanners open links too. Later ones, the second
 * step and its result, come from a person, so they record when the link was first opened, if the page is visible. Never rejects.
 */
export function openDecisionLink(
  token: string,
  { clientAddress, isFirstLook, isShown }: { clientAddress: string; isFirstLook: boolean; isShown: boolean },
): Promise<
  | {
      ok: true;
      decision: DecisionView;
      frozen: RunFreeze | null;
      grantOffer: GrantOffer | null;
      earlier: EarlierRuns;
      identicalCount: number;
    }
  | Refusal
> {
  const visitor = visitorContext();
  return orRefuseFailure("decision page", async () => {
    const found = await getDecisionByToken(visitor, token);
    if (!found.ok && found.code === "invalid_link") {
      const guess = await countLinkGuess(visitor, clientAddress);
      return guess.ok ? found : guess;
    }
    if (isShown && !isFirstLook) await noteLinkOpened(visitor, token);
    if (!found.ok) return found;
    const earlier = await getEarlierRuns(visitor, found.decision.runId);
    const isOfferable = found.decision.mayApprove && found.frozen === null;
    const grantOffer = isOfferable ? await getGrantOfferByToken(visitor, token) : null;
    return { ...found, grantOffer, earlier, identicalCount: await countIdentical(visitor, found.decision) };
  });
}
