import { decideByLink } from "@/lib/approvals/decide-by-link";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { visitorContext } from "@/lib/auth/contexts";
import { decisionRequestSchema } from "@/lib/contract/decision";
import { revokeRequestSchema } from "@/lib/contract/revoke";
import { CHANGE_PREFIX } from "@/lib/domain/policy/change-fields";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { GRANT_ANSWER, grantInputSchema } from "@/lib/grants/schema";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import type { VisitorContext } from "@/lib/security/context";
import { orRefuseFailure } from "./or-refuse-failure";

interface Fields {
  comment: string | null;
  changes?: Record<string, string>;
  payload_hash?: string | null;
  confirm: boolean;
  decision: string | null;
  form: URLSearchParams;
}

/**
 * Handles the form of a decision page: the API's request as form fields. Every decision needs the checkbox of the second step, so a
 * robot that presses buttons decides nothing. Valid links are never rate limited. Never rejects.
 */
export function handleDecisionForm(token: string, clientAddress: string, form: URLSearchParams): Promise<{ ok: true } | Refusal> {
  const visitor = visitorContext();
  return orRefuseFailure("decision form", async () => {
    const answer = form.get("decision");
    const outcome = await (answer === "revoke" ? revoke : answer === GRANT_ANSWER ? approveSame : decide)(visitor, token, {
      comment: form.get("comment")?.replaceAll("\r\n", "\n").trim() || null,
      confirm: form.get("confirm") === "yes",
      decision: answer,
      ...(form.get("step") === "change" && { changes: changesOf(form) }),
      ...(form.has("payload_hash") && { payload_hash: form.get("payload_hash") }),
      form,
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

async function decide(visitor: VisitorContext, token: string, { form: _, ...fields }: Fields): Promise<{ ok: true } | Refusal> {
  const request = decisionRequestSchema.safeParse(fields);
  if (!request.success || request.data.confirm !== true) return refuseUnread();
  const { decision, comment, payload_hash: payloadHash = null } = request.data;
  // An answer with other values that has none is answered as one.
  if (fields.changes && Object.keys(fields.changes).length === 0) return refuseUnread();
  return decideByLink(visitor, token, { decision, comment: comment ?? null, confirm: true, changes: fields.changes ?? null, payloadHash });
}

/** An approval with a standing grant, whose fields repeat those of `GrantFields`. */
async function approveSame(
  visitor: VisitorContext,
  token: string,
  { comment, confirm, changes, form }: Fields,
): Promise<{ ok: true } | Refusal> {
  const request = decisionRequestSchema.safeParse({ comment, confirm, decision: "approve" });
  if (!request.success || request.data.confirm !== true) return refuseUnread();
  const text = (name: string) => form.get(name) ?? "";
  const grant = grantInputSchema.safeParse({
    facts: form.getAll("facts"),
    amountEach: text("amountEach"),
    total: text("total"),
    maxUses: text("maxUses"),
    until: text("until"),
  });
  if (!grant.success) {
    const errors = grant.error.issues.map(({ path, message }) => ({ path: String(path[0]), message }));
    return refuse("validation_failed", "The grant couldn't be read, so nothing was recorded.", { fields: { errors } });
  }
  return decideByLink(visitor, token, { decision: "approve", comment, confirm: true, changes: changes ?? null, grant: grant.data });
}

async function revoke(visitor: VisitorContext, token: string, { comment, confirm }: Fields): Promise<{ ok: true } | Refusal> {
  const request = revokeRequestSchema.safeParse({ comment, confirm });
  return request.success ? revokeByLink(visitor, token, { comment, confirm: true }) : refuseUnread();
}

function refuseUnread(): Refusal {
  return refuse("validation_failed", "The decision couldn't be read, so nothing was recorded. Choose again.");
}
