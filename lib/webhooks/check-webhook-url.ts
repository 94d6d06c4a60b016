import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { AddressRefused, refuseLiteral } from "./guarded-lookup";
import { isAllowedAddress } from "./is-allowed-address";

/** Checks what can be checked without resolving the URL, while it is typed. Every connection is checked again. */
export function checkWebhookUrl(value: string): Refusal | null {
  const ranges = getEnv().DAAI_WEBHOOK_ALLOWED_RANGES;
  const url = new URL(value);
  if (url.protocol === "http:" && ranges.length === 0) return refuseUrl("must begin with https://");
  try {
    refuseLiteral(url, (address) => isAllowedAddress(address, ranges));
    return null;
  } catch (error) {
    if (error instanceof AddressRefused) return refuseUrl("must be a public address, not a private one or the console's own machine");
    throw error;
  }
}

function refuseUrl(message: string): Refusal {
  return refuse("validation_failed", `The URL ${message}.`, { fields: { errors: [{ path: "url", message }] } });
}
