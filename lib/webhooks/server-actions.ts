"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { createWebhook } from "./create-webhook";
import { deleteWebhook } from "./delete-webhook";
import { editWebhook } from "./edit-webhook";
import { redeliverWebhook } from "./redeliver-webhook";
import { rotateWebhookSecret } from "./rotate-webhook-secret";
import {
  deliveryIdSchema,
  editedWebhookSchema,
  newWebhookSchema,
  webhookIdSchema,
  webhookRotationSchema,
  webhookSwitchSchema,
} from "./schema";
import { switchWebhook } from "./switch-webhook";
import { testWebhook } from "./test-webhook";

/** Only this response contains the secret. */
export const submitNewWebhook = memberServerAction(newWebhookSchema, createWebhook);
export const submitEditedWebhook = memberServerAction(editedWebhookSchema, editWebhook);
/** So is the new secret. */
export const rotateSecret = memberServerAction(webhookRotationSchema, rotateWebhookSecret);
export const switchOneWebhook = memberServerAction(webhookSwitchSchema, switchWebhook);
export const removeWebhook = memberServerAction(webhookIdSchema, (ctx, { id }) => deleteWebhook(ctx, id));
export const sendTest = memberServerAction(webhookIdSchema, (ctx, { id }) => testWebhook(ctx, id));
export const redeliver = memberServerAction(deliveryIdSchema, redeliverWebhook);
