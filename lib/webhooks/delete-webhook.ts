import type { WorkspaceContext } from "@/lib/security/context";
import { changeWebhook } from "./change-webhook";

/** Its secrets are gone with it. What is still queued is given up by the worker. */
export function deleteWebhook(ctx: WorkspaceContext, id: string) {
  return changeWebhook(ctx, id, (_endpoint, { now }) => ({
    data: { deletedAt: now, sealedSecret: null, sealedUrl: null, sealedOldSecret: null, oldSecretEndsAt: null },
    verb: "webhook.deleted",
    result: {},
  }));
}
