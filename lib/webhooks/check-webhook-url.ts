import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { AddressRefused, refuseLiteral } from "./guarded-lookup";
import { isAllowedAddress } from "./is-allowed-address";

/**
 * What can be said of an address without looking it up, while somebody types it. What decides is checked again at every
 * connection.
 */
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
