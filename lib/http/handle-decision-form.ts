import { decideByLink } from "@/lib/approvals/decide-by-link";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { decisionRequestSchema } from "@/lib/contract/decision";
import { revokeRequestSchema } from "@/lib/contract/revoke";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import type { VisitorContext } from "@/lib/security/context";
import { orRefuseFailure } from "./or-refuse-failure";

interface Fields {
  comment: string | null;
  confirm: boolean;
  decision: string | null;
}

/**
 * Handles the form of a decision page: the API's request as form fields. Every decision needs the checkbox of the second step, so a
 * robot that presses buttons decides nothing. Valid links are never rate limited. Never rejects.
 */
export function handleDecisionForm(token: string, clientAddress: string, form: URLSearchParams): Promise<{ ok: true } | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("decision form", async () => {
    const outcome = await (form.get("decision") === "revoke" ? revoke : decide)(visitor, token, {
      comment: form.get("comment")?.replaceAll("\r\n", "\n").trim() || null,
      confirm: form.get("confirm") === "yes",
      decision: form.get("decision"),
    });
    if (outcome.ok || outcome.code !== "invalid_link") return outcome;
    const guess = await countLinkGuess(visitor, clientAddress);
    return guess.ok ? outcome : guess;
  });
}

async function decide(visitor: VisitorContext, token: string, fields: Fields): Promise<{ ok: true } | Refusal> {
  const request = decisionRequestSchema.safeParse(fields);
  if (!request.success || request.data.confirm !== true) return refuseUnread();
  const { decision, comment } = request.data;
  return decideByLink(visitor, token, { decision, comment: comment ?? null, confirm: true });
}

async function revoke(visitor: VisitorContext, token: string, { comment, confirm }: Fields): Promise<{ ok: true } | Refusal> {
  const request = revokeRequestSchema.safeParse({ comment, confirm });
  return request.success ? revokeByLink(visitor, token, { comment, confirm: true }) : refuseUnread();
}

function refuseUnread(): Refusal {
  return refuse("validation_failed", "The decision couldn't be read, so nothing was recorded. Choose again.");
}
