import type { DecisionView } from "@/lib/approvals/decision-view";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import type { Refusal } from "@/lib/domain/refusal";
import { orRefuseFailure } from "@/lib/http/or-refuse-failure";
import { countLinkAttempt } from "@/lib/limits/count-link-attempt";

/** What the page of a decision link shows. Reads only, apart from counting that a link was opened. Never rejects. */
export function openDecisionLink(
  token: string,
  clientAddress: string,
): Promise<{ ok: true; decision: DecisionView } | Refusal> {
  return orRefuseFailure("decision page", async () => {
    const attempt = await countLinkAttempt(clientAddress);
    return attempt.ok ? getDecisionByToken(token) : attempt;
  });
}
