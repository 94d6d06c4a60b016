import { z } from "zod";
import { NOTIFICATION_EVENTS, RUN_EVENTS } from "@/lib/domain/webhook-events";

const URL_MAX_LENGTH = 2048;

const urlSchema = z
  .string()
  .trim()
  .max(URL_MAX_LENGTH, { error: `must have at most ${URL_MAX_LENGTH} characters` })
  .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), { error: "must be an address like https://example.com/webhooks" })
  .refine((value) => !URL.canParse(value) || (new URL(value).username === "" && new URL(value).password === ""), {
    error: "must not hold a user name or password: verify the signature instead",
  });

/** Slack's own hosts, so that nothing else can be addressed under its name. */
const slackUrlSchema = z
  .string()
  .trim()
  .max(URL_MAX_LENGTH, { error: `must have at most ${URL_MAX_LENGTH} characters` })
  .regex(/^https:\/\/hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[\w/-]+$/, { error: "must be an incoming webhook of Slack, like https://hooks.slack.com/services/T…/B…/…" });

const eventsOf = <const E extends readonly [string, ...string[]]>(events: E) =>
  z
    .array(z.enum(events))
    .min(1, { error: "must name at least one event" })
    .transform((chosen) => events.filter((event) => chosen.some((one) => one === event)) as E[number][]);

const programEvents = eventsOf(RUN_EVENTS);
const peopleEvents = eventsOf(NOTIFICATION_EVENTS);

export const newWebhookSchema = z.strictObject({ url: urlSchema, eventTypes: programEvents });
export const newNotificationSchema = z.strictObject({ url: urlSchema, eventTypes: peopleEvents });
export const newSlackSchema = z.strictObject({ url: slackUrlSchema, eventTypes: peopleEvents });

/** The address of a Slack channel is shown masked, so it is not among what is edited. */
export const editedWebhookSchema = z.strictObject({ id: z.uuid(), url: urlSchema, eventTypes: z.array(z.enum(RUN_EVENTS)).min(1, { error: "must name at least one event" }) });
export const webhookIdSchema = z.strictObject({ id: z.uuid() });
export const webhookRotationSchema = z.strictObject({ id: z.uuid(), overlapMinutes: z.int().min(0).max(43_200) });
export const webhookSwitchSchema = z.strictObject({ id: z.uuid(), isEnabled: z.boolean() });
export const deliveryIdSchema = z.strictObject({ id: z.uuid(), deliveryId: z.uuid() });
