import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decisionRequestSchema } from "@/lib/contract/decision";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { orRefuseFailure } from "@/lib/http/or-refuse-failure";
import { countLinkAttempt } from "@/lib/limits/count-link-attempt";

/** The answer that a page's form sends: the same request as the API's, as form fields. Never rejects. */
export function answerDecisionLink(token: string, clientAddress: string, form: URLSearchParams): Promise<{ ok: true } | Refusal> {
  return orRefuseFailure("decision form", async () => {
    const attempt = await countLinkAttempt(clientAddress);
    if (!attempt.ok) return attempt;
    const request = decisionRequestSchema.safeParse({
      decision: form.get("decision"),
      comment: form.get("comment")?.replaceAll("\r\n", "\n").trim() || null,
      confirm: form.get("confirm") === "yes",
    });
    if (!request.success) return refuse("validation_failed", "The answer could not be read, so nothing was recorded. Answer again.");
    const { decision, comment, confirm } = request.data;
    return decideByLink(token, { decision, comment: comment ?? null, confirm: confirm ?? false });
  });
}
