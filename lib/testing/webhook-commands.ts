import { getDb } from "@/lib/db/client";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { deleteWebhook } from "@/lib/webhooks/delete-webhook";
import { editWebhook } from "@/lib/webhooks/edit-webhook";
import { redeliverWebhook } from "@/lib/webhooks/redeliver-webhook";
import { rotateWebhookSecret } from "@/lib/webhooks/rotate-webhook-secret";
import { switchWebhook } from "@/lib/webhooks/switch-webhook";
import { testWebhook } from "@/lib/webhooks/test-webhook";
import { expectOk, type TestWorkspace } from "./factories";

const URL = "https://example.com/webhooks";
const NEW = { kind: "webhook" as const, url: URL, eventTypes: ["run.pending" as const] };

/** What people do to webhooks, each ready to go, with who does it and what of it is written down. */
export function webhookCommands(workspaceOf: () => TestWorkspace) {
  const ctx = () => workspaceOf().ctx;
  const made = async () => expectOk(await createWebhook(ctx(), NEW)).id;
  return [
    ["webhook.created", "operator", () => Promise.resolve({ run: () => createWebhook(ctx(), NEW), data: { kind: "webhook", url: URL } })],
    [
      "webhook.edited",
      "operator",
      async () => {
        const id = await made();
        return { run: () => editWebhook(ctx(), { id, url: `${URL}/2`, eventTypes: ["run.decided"] }), subjectId: id };
      },
    ],
    [
      "webhook.secret_rotated",
      "operator",
      async () => {
        const id = await made();
        return { run: () => rotateWebhookSecret(ctx(), { id, overlapMinutes: 60 }), subjectId: id };
      },
    ],
    [
      "webhook.disabled",
      "operator",
      async () => {
        const id = await made();
        return { run: () => switchWebhook(ctx(), { id, isEnabled: false }), subjectId: id };
      },
    ],
    [
      "webhook.enabled",
      "operator",
      async () => {
        const id = await made();
        await switchWebhook(ctx(), { id, isEnabled: false });
        return { run: () => switchWebhook(ctx(), { id, isEnabled: true }), subjectId: id };
      },
    ],
    [
      "webhook.redelivered",
      "operator",
      async () => {
        const id = await made();
        const { deliveryId } = expectOk(await testWebhook(ctx(), id));
        await getDb().webhookDelivery.update({ where: { id: deliveryId }, data: { status: "dead", nextAttemptAt: null } });
        return { run: () => redeliverWebhook(ctx(), { id, deliveryId }), subjectId: id, data: { delivery: deliveryId } };
      },
    ],
    [
      "webhook.deleted",
      "operator",
      async () => {
        const id = await made();
        return { run: () => deleteWebhook(ctx(), id), subjectId: id };
      },
    ],
  ] as const;
}
