import { decideByLink } from "@/lib/approvals/decide-by-link";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { decisionRequestSchema } from "@/lib/contract/decision";
import { revokeRequestSchema } from "@/lib/contract/revoke";
import { CHANGE_PREFIX } from "@/lib/domain/policy/change-fields";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import type { VisitorContext } from "@/lib/security/context";
import { orRefuseFailure } from "./or-refuse-failure";

interface Fields {
  comment: string | null;
  changes?: Record<string, string>;
  payload_hash?: string | null;
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
      ...(form.get("step") === "change" && { changes: changesOf(form) }),
      ...(form.has("payload_hash") && { payload_hash: form.get("payload_hash") }),
    });
    if (outcome.ok || outcome.code !== "invalid_link") return outcome;
    const guess = await countLinkGuess(visitor, clientAddress);
    return guess.ok ? outcome : guess;
  });
}

function changesOf(form: URLSearchParams): Record<string, string> {
  const inputs = [...form].filter(([name]) => name.startsWith(CHANGE_PREFIX));
  return Object.fromEntries(inputs.map(([name, value]) => [name.slice(CHANGE_PREFIX.length), value.replaceAll("\r\n", "\n")]));
}

async function decide(visitor: VisitorContext, token: string, fields: Fields): Promise<{ ok: true } | Refusal> {
  const request = decisionRequestSchema.safeParse(fields);
  if (!request.success || request.data.confirm !== true) return refuseUnread();
  const { decision, comment, payload_hash: payloadHash = null } = request.data;
  // An answer with other values that has none is answered as one.
  if (fields.changes && Object.keys(fields.changes).length === 0) return refuseUnread();
  return decideByLink(visitor, token, { decision, comment: comment ?? null, confirm: true, changes: fields.changes ?? null, payloadHash });
}

async function revoke(visitor: VisitorContext, token: string, { comment, confirm }: Fields): Promise<{ ok: true } | Refusal> {
  const request = revokeRequestSchema.safeParse({ comment, confirm });
  return request.success ? revokeByLink(visitor, token, { comment, confirm: true }) : refuseUnread();
}

function refuseUnread(): Refusal {
  return refuse("validation_failed", "The decision couldn't be read, so nothing was recorded. Choose again.");
}
