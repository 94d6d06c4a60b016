import { decideByLink } from "@/lib/approvals/decide-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { decisionRequestSchema } from "@/lib/contract/decision";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import { orRefuseFailure } from "./or-refuse-failure";

/**
 * The answer that a page's form sends: the same request as the API's, as form fields. Every answer needs the checkbox of the second
 * step, so that a robot that presses buttons decides nothing. Whoever holds a valid link is never told to come back later. Never rejects.
 */
export function answerDecisionLink(token: string, clientAddress: string, form: URLSearchParams): Promise<{ ok: true } | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("decision form", async () => {
    const request = decisionRequestSchema.safeParse({
      decision: form.get("decision"),
      comment: form.get("comment")?.replaceAll("\r\n", "\n").trim() || null,
      confirm: form.get("confirm") === "yes",
    });
    if (!request.success || request.data.confirm !== true)
      return refuse("validation_failed", "The decision couldn't be read, so nothing was recorded. Choose again.");
    const { decision, comment } = request.data;
    const outcome = await decideByLink(visitor, token, { decision, comment: comment ?? null, confirm: true });
    if (outcome.ok || outcome.code !== "invalid_link") return outcome;
    const guess = await countLinkGuess(visitor, clientAddress);
    return guess.ok ? outcome : guess;
  });
}
