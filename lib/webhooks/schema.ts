import { z } from "zod";
import { eventsOfKind, WEBHOOK_EVENTS, WEBHOOK_KINDS } from "@/lib/domain/runs/webhook-events";

const URL_MAX_LENGTH = 2048;

const urlSchema = z
  .string()
  .trim()
  .max(URL_MAX_LENGTH, { error: `must have at most ${URL_MAX_LENGTH} characters` })
  .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), { error: "must be a URL like https://example.com/webhooks" })
  .refine((value) => !URL.canParse(value) || (new URL(value).username === "" && new URL(value).password === ""), {
    error: "must not contain a user name or password; verify the signature instead",
  })
  // As it is connected to: without the line breaks that an address may be written with, and in the letters of its host.
  .transform((value) => new URL(value).href)
  .pipe(z.string().max(URL_MAX_LENGTH, { error: `must have at most ${URL_MAX_LENGTH} characters` }));

/** Slack's own hosts, so that nothing else can be addressed under its name. */
const SLACK_URL = /^https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/-]+$/;

const eventsSchema = z.array(z.enum(WEBHOOK_EVENTS)).min(1, { error: "must include at least one event" });

export const newWebhookSchema = z
  .strictObject({ kind: z.enum(WEBHOOK_KINDS), url: urlSchema, eventTypes: eventsSchema })
  .superRefine(({ kind, url, eventTypes }, issues) => {
    if (kind === "slack" && !SLACK_URL.test(url)) {
      issues.addIssue({
        code: "custom",
        path: ["url"],
        message: "must be a Slack incoming webhook, like https://hooks.slack.com/services/T…/B…/…",
      });
    }
    if (eventTypes.some((event) => !eventsOfKind(kind).includes(event))) {
      issues.addIssue({ code: "custom", path: ["eventTypes"], message: "must include only events of this kind of channel" });
    }
  });

/** The address of a Slack channel is shown masked, so it is not among what is edited. */
export const editedWebhookSchema = z.strictObject({ id: z.uuid(), url: urlSchema, eventTypes: eventsSchema });
export const webhookIdSchema = z.strictObject({ id: z.uuid() });
export const webhookRotationSchema = z.strictObject({ id: z.uuid(), overlapMinutes: z.int().min(0).max(43_200) });
export const webhookSwitchSchema = z.strictObject({ id: z.uuid(), isEnabled: z.boolean() });
export const deliveryIdSchema = z.strictObject({ id: z.uuid(), deliveryId: z.uuid() });
