import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { RUN_EVENT_LABELS, RUN_EVENTS, TEST_EVENT } from "@/lib/domain/runs/webhook-events";
import { notificationSchema, runWebhookSchema, testWebhookSchema } from "./webhook";

/** The headers of the Standard Webhooks specification. */
const webhookHeadersSchema = z.object({
  "webhook-id": z.uuid().meta({ description: "The same at every attempt, so that you can tell a repetition." }),
  "webhook-timestamp": z.string().meta({ description: "When this attempt was sent, in seconds since 1970." }),
  "webhook-signature": z
    .string()
    .meta({ description: "`v1,` and an HMAC-SHA256 in base64; two with a space between them while the secret is exchanged." }),
});

/** What the console posts to addresses of the workspace's own, by the name of the event. */
export function openApiWebhooks(): ZodOpenApiPathsObject {
  return {
    ...Object.fromEntries(RUN_EVENTS.map((event) => [event, webhook(event, `${RUN_EVENT_LABELS[event]}.`, runWebhookSchema)])),
    [TEST_EVENT]: webhook(TEST_EVENT, "Somebody pressed “Send a test”.", testWebhookSchema),
    notification: webhook("notification", "To notification webhooks, for each event that they ask for.", notificationSchema),
  };
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
        "2XX": { description: "Taken. Answer within ten seconds, and do the work afterwards." },
        "410": { description: "Not wanted any more, ever: the webhook is disabled." },
        default: { description: "Tried again for a day; redirects are not followed." },
      },
    },
  };
}
