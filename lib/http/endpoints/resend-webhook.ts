import { Webhook } from "standardwebhooks";
import { systemContext } from "@/lib/auth/contexts";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import { refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import type { ApiRequest } from "@/lib/http/api-request";
import { refuseTooLarge } from "@/lib/http/read-json";
import type { Outcome, Route } from "@/lib/http/route";
import { mailEventSchema } from "@/lib/notifications/mail-event";
import { recordMailEvent } from "@/lib/notifications/record-mail-event";

const MAX_BYTES = 262_144;

/**
 * Receives Resend's delivery events. The signature covers the exact bytes, so they are verified before parsing. Unknown events get 200,
 * because Resend would retry them.
 */
export const resendWebhook: Route = { method: "POST", path: "/api/webhooks/resend", scope: "open", hasEntityTag: false, answer };

async function answer(request: ApiRequest): Promise<Outcome> {
  const secret = getEnv().RESEND_WEBHOOK_SECRET;
  if (secret === undefined)
    return refuse("not_found", "This console accepts no events from Resend, because RESEND_WEBHOOK_SECRET isn't set.");
  const body = await request.readBody(MAX_BYTES);
  if (body === "too_large") return refuseTooLarge(MAX_BYTES);
  if (body === "incomplete") return refuse("invalid_json", "The body ended too early. Send all of it.");
  const event = verified(secret, Buffer.from(body), request.headers);
  if (event === null)
    return refuse(
      "invalid_signature",
      "The signature doesn't match this body, or is older than five minutes. Check RESEND_WEBHOOK_SECRET.",
    );
  const read = mailEventSchema.safeParse(event);
  const isNew = read.success && (await failFastIfDatabaseDown(recordMailEvent(systemContext(null), read.data)));
  return { ok: true, answer: { recorded: isNew } };
}

/** Svix signs as Standard Webhooks do, with its own header names. */
function verified(secret: string, body: Buffer, headers: ApiRequest["headers"]): unknown {
  const pick = (name: string) => headers[`svix-${name}`] ?? headers[`webhook-${name}`] ?? "";
  try {
    return new Webhook(secret).verify(body, {
      "webhook-id": pick("id"),
      "webhook-timestamp": pick("timestamp"),
      "webhook-signature": pick("signature"),
    });
  } catch {
    return null;
  }
}
