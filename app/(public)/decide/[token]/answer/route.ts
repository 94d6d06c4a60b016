import { decidePath } from "@/components/approvals/decide/decide-path";
import { clientAddressInNext } from "@/lib/auth/client-address";
import { foreignOrigin } from "@/lib/auth/foreign-origin";
import { COMMENT_MAX_LENGTH, PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { isJsonObject } from "@/lib/domain/json-value";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { DECISIONS } from "@/lib/domain/runs/statuses";
import { GRANT_ANSWER, GRANT_FIELDS } from "@/lib/grants/schema";
import { foreignOriginResponse } from "@/lib/http/foreign-origin-response";
import { handleDecisionForm } from "@/lib/http/handle-decision-form";
import { readForm } from "@/lib/http/mounts/read-form";
import { inConsole } from "@/lib/net/base-path";

/** A comment of the longest kind, each of its characters as four percent-encoded bytes, changed values of a whole payload, and the other fields: a grant names up to 20 payload fields. */
const FORM_MAX_BYTES = COMMENT_MAX_LENGTH * 12 + PAYLOAD_MAX_BYTES * 3 + 8192;

/** The only route through which a decision page changes anything. It redirects, so reloading repeats nothing. */
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const why = foreignOrigin(request.headers.get("origin"));
  if (why !== null) return foreignOriginResponse(request, why);
  const form = await readForm(request, FORM_MAX_BYTES);
  if (!form) return seeOther(decidePath(token, "?refused=answer"));
  const outcome = await handleDecisionForm(token, clientAddressInNext(request.headers), form);
  return seeOther(outcome.ok ? decidePath(token, "?done=1") : pageAfter(outcome, token, form));
}

function pageAfter({ code, fields }: Refusal, token: string, form: URLSearchParams): string {
  const decision = form.get("decision");
  if (code === "request_changed") return decidePath(token, "?refused=changed");
  if (code === "validation_failed" && form.get("step") === "change")
    return decidePath(token, `?step=change&refused=${form.get("confirm") === "yes" ? "change" : "answer"}`);
  switch (code) {
    case "already_decided":
    case "already_claimed":
    case "already_reported":
      return decidePath(token, "?late=1");
    case "validation_failed":
      if (decision === GRANT_ANSWER) return decidePath(token, `?step=grant&refused=${fieldOf(fields)}`);
      return stepPath(token, decision, isCommentMissing(fields) ? "comment" : "answer");
    case "not_permitted":
      return decidePath(token, decision === GRANT_ANSWER ? "?refused=grant" : "");
    case "database_unavailable":
    case "internal_error":
      return stepPath(token, decision, "failure");
    default:
      return decidePath(token);
  }
}

/** Back to the step that was not taken. */
function stepPath(token: string, decision: string | null, refused: string): string {
  const step = [...DECISIONS, "revoke"].find((known) => known === decision);
  return decidePath(token, step === undefined ? `?refused=${refused}` : `?step=${step}&refused=${refused}`);
}

/** The field that was refused, if it is one of the grant's. */
function fieldOf(fields: Refusal["fields"]): string {
  const [error] = Array.isArray(fields?.errors) ? fields.errors : [];
  const name = isJsonObject(error) && typeof error.path === "string" ? error.path : "";
  return GRANT_FIELDS.find((known) => known === name) ?? "answer";
}

function isCommentMissing(fields: Refusal["fields"]): boolean {
  return Array.isArray(fields?.errors) && fields.errors.some((error) => isJsonObject(error) && error.path === "comment");
}

// Relative, because Next assumes it runs at localhost regardless of the public URL.
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: inConsole(location) } });
}
