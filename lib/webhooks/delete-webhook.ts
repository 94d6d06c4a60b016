import type { WorkspaceContext } from "@/lib/security/context";
import { changeWebhook } from "./change-webhook";

/** Deletes an endpoint with its secrets. The worker drops what is still queued. */
export function deleteWebhook(ctx: WorkspaceContext, id: string) {
  return changeWebhook(ctx, id, (_endpoint, { now }) => ({
    data: { deletedAt: now, sealedSecret: null, sealedUrl: null, sealedOldSecret: null, oldSecretEndsAt: null },
    verb: "webhook.deleted",
    result: {},
  }));
}
