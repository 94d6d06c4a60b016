import { refuse } from "@/lib/domain/refusals/refusal";
import { MINUTE_MS } from "@/lib/domain/time/units";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeWebhook } from "./change-webhook";
import { makeWebhookSecret, sealWebhookSecret } from "./webhook-secret";

/** Creates a new secret, shown once. The previous one keeps signing for `overlapMinutes`; older ones stop. */
export function rotateWebhookSecret(ctx: WorkspaceContext, { id, overlapMinutes }: { id: string; overlapMinutes: number }) {
  return changeWebhook(ctx, id, (endpoint, { now }) => {
    if (endpoint.kind === "slack")
      return refuse("not_found", "A Slack channel's URL is its secret. Create a new one in Slack, then add a new channel here.");
    const secret = makeWebhookSecret();
    const oldSecretEndsAt = overlapMinutes === 0 ? null : new Date(now.getTime() + overlapMinutes * MINUTE_MS);
    return {
      data: { sealedSecret: sealWebhookSecret(secret), sealedOldSecret: oldSecretEndsAt && endpoint.sealedSecret, oldSecretEndsAt },
      verb: "webhook.secret_rotated",
      audit: { old_secret_ends_at: oldSecretEndsAt?.toISOString() ?? null },
      result: { secret, oldSecretEndsAt },
    };
  });
}
