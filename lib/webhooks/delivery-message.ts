import type { Notification } from "@/lib/contract/webhook";
import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import { getEnv } from "@/lib/env";
import type { Context } from "@/lib/security/context";
import { freezeHeading, grantHeading, notificationHeading, policyHeading } from "./notification-labels";
import {
  freezesUrl,
  grantUrl,
  isOfFreeze,
  isOfGrant,
  isOfPolicy,
  policyChangeUrl,
  readStoredEvent,
  runUrl,
  webhookPayload,
} from "./run-message";
import { slackMessage } from "./slack-message";
import { slackNotice } from "./slack-notice";

/** The body that an endpoint of this kind gets for an event of the outbox. */
export async function deliveryMessage(ctx: Context, kind: WebhookKind, body: string): Promise<string> {
  switch (kind) {
    case "webhook":
      return JSON.stringify(webhookPayload(body));
    case "notification":
      return JSON.stringify(notification(body));
    case "slack":
      return JSON.stringify(slackMessage(await slackNotice(ctx, body)));
  }
}

function notification(body: string): Notification {
  const event = readStoredEvent(body);
  if (event.type === "test")
    return { text: "A test from DAAI Console", url: `${getEnv().DAAI_PUBLIC_URL}/workspaces/${event.data.workspace_id}` };
  if (isOfFreeze(event)) return { text: freezeHeading(event.type, event.data), url: freezesUrl(event.data.workspace_id) };
  if (isOfPolicy(event)) return { text: policyHeading(event.type, event.data), url: policyChangeUrl(event.data) };
  if (isOfGrant(event)) return { text: grantHeading(event.type, event.data), url: grantUrl(event.data) };
  return { text: notificationHeading(event.type, event.data.action), url: runUrl(event.data.workspace_id, event.data.action_run_id) };
}
