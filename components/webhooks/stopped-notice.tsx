import { Ban } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { WEBHOOK_KIND_NAMES } from "@/lib/domain/runs/webhook-events";
import { webhookPath, webhooksPath } from "@/lib/domain/runs/webhook-path";
import type { StoppedWebhook } from "@/lib/webhooks/list-stopped-webhooks";

/** The console disabled an endpoint: this stays until someone enables or deletes it. */
export function StoppedNotice({ webhooks, workspaceId }: { webhooks: readonly StoppedWebhook[]; workspaceId: string }) {
  const [first, ...others] = webhooks;
  if (!first) return null;
  const isOne = others.length === 0;
  return (
    <Notice
      tone="stop"
      icon={Ban}
      title={isOne ? `A ${WEBHOOK_KIND_NAMES[first.kind]} was disabled.` : `${webhooks.length} webhooks and channels were disabled.`}
      action={
        <ButtonLink href={isOne ? webhookPath(workspaceId, first) : webhooksPath(workspaceId, first.kind)} size="sm">
          {isOne ? "Open" : "Open list"}
        </ButtonLink>
      }
    >
      {isOne ? (
        <>
          <span className="font-mono text-xs">{first.url}</span>{" "}
          {first.disabledReason === "gone" ? "responded with 410 Gone" : "failed every delivery for three days"}.{" "}
        </>
      ) : null}
      Events aren’t sent there until someone enables {isOne ? "it" : "them"} again.
    </Notice>
  );
}
