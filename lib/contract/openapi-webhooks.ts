import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import {
  FREEZE_EVENTS,
  GRANT_EVENTS,
  POLICY_EVENTS,
  RUN_EVENTS,
  TEST_EVENT,
  WEBHOOK_EVENT_LABELS,
  type WebhookEvent,
} from "@/lib/domain/runs/webhook-events";
import {
  freezeWebhookSchema,
  grantWebhookSchema,
  notificationSchema,
  policyWebhookSchema,
  runWebhookSchema,
  testWebhookSchema,
} from "./webhook";

/** The headers of the Standard Webhooks specification. */
const webhookHeadersSchema = z.object({
  "webhook-id": z.uuid().meta({ description: "The same for every attempt, so that you can recognize duplicates." }),
  "webhook-timestamp": z.string().meta({ description: "When this attempt was sent, in seconds since 1970." }),
  "webhook-signature": z
    .string()
    .meta({ description: "`v1,` and an HMAC-SHA256 in base64. Two signatures, separated by a space, while the secret is being rotated." }),
});

/** What the console posts to the workspace's endpoints, by event name. */
export function openApiWebhooks(): ZodOpenApiPathsObject {
  return {
    ...webhooks(RUN_EVENTS, runWebhookSchema),
    ...webhooks(FREEZE_EVENTS, freezeWebhookSchema),
    ...webhooks(POLICY_EVENTS, policyWebhookSchema),
    ...webhooks(GRANT_EVENTS, grantWebhookSchema),
    [TEST_EVENT]: webhook(TEST_EVENT, "A member sent a test webhook.", testWebhookSchema),
    notification: webhook("notification", "Sent to notification webhooks, for each event they subscribe to.", notificationSchema),
  };
}

function webhooks(events: readonly WebhookEvent[], schema: z.ZodType): ZodOpenApiPathsObject {
  return Object.fromEntries(events.map((event) => [event, webhook(event, `${WEBHOOK_EVENT_LABELS[event]}.`, schema)]));
}

function webhook(name: string, summary: string, schema: z.ZodType) {
  return {
    post: {
      operationId: `webhook.${name}`,
      summary,
      tags: ["Webhooks"],
      security: [],
      requestParams: { header: webhookHeadersSchema },
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: {
        "2XX": { description: "Delivered. Respond within ten seconds and do the work afterwards." },
        "410": { description: "Gone for good: the console disables the webhook." },
        default: { description: "Retried for a day. Redirects aren't followed." },
      },
    },
  };
}
