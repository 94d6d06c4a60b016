import type { WorkspaceContext } from "@/lib/security/context";
import { changeWebhook } from "./change-webhook";

/** Disabled: what happens meanwhile is not sent, not even later. */
export function switchWebhook(ctx: WorkspaceContext, { id, isEnabled }: { id: string; isEnabled: boolean }) {
  return changeWebhook(ctx, id, ({ disabledAt }, { now }) => {
    const isSo = (disabledAt === null) === isEnabled;
    return {
      data: isSo
        ? null
        : isEnabled
          ? { disabledAt: null, disabledReason: null, failingSince: null }
          : { disabledAt: now, disabledReason: "person" },
      verb: isEnabled ? "webhook.enabled" : "webhook.disabled",
      audit: { reason: "person" },
      result: {},
    };
  });
}
