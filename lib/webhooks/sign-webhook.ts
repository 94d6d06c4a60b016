import { Webhook } from "standardwebhooks";
import { openWebhookSecret } from "./webhook-secret";

interface Secrets {
  sealedSecret: Uint8Array | null;
  sealedOldSecret: Uint8Array | null;
  oldSecretEndsAt: Date | null;
}

/** The three headers of the Standard Webhooks specification. While a secret is exchanged, both sign. */
export function signatureHeaders(endpoint: Secrets, { id, body, at }: { id: string; body: string; at: Date }): Record<string, string> {
  const isOverlapping = endpoint.oldSecretEndsAt !== null && endpoint.oldSecretEndsAt > at;
  const secrets = [endpoint.sealedSecret, isOverlapping ? endpoint.sealedOldSecret : null].filter((sealed) => sealed !== null);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((sealed) => new Webhook(openWebhookSecret(sealed)).sign(id, at, body)).join(" "),
  };
}
