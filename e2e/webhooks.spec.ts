import { Webhook } from "standardwebhooks";
import { decideRun } from "@/lib/approvals/decide-run";
import { expectOk, makeAction, makeRun, proposeOk } from "@/lib/testing/factories";
import { startWebhookReceiver } from "@/lib/testing/webhook-receiver";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { mailedPath } from "./mailbox";
import { startPython } from "./python-program";
import { overflowOf } from "./watch-page";

/** What a program does with the SDK, for each webhook that a receiver got. */
const VERIFIER = `
import json, os
import daai

secret = os.environ["DAAI_WEBHOOK_SECRET"]
other = "whsec_" + "A" * 44

def refused(body, headers, key):
    try:
        daai.webhooks.verify(body, headers, key)
    except daai.WebhookVerificationError:
        return "refused"
    return "believed"

for one in json.loads(os.environ["RECEIVED"]):
    body, headers = one["body"].encode(), one["headers"]
    event = daai.webhooks.verify(body, headers, secret)
    assert daai.webhooks.verify(body, headers, [other, secret]) == event
    print(event.id, event.type, event.action_run_id)
    print("changed:", refused(body.replace(b"refund", b"reward"), headers, secret))
    print("another secret:", refused(body, headers, other))
`;

test("a webhook: made, its secret shown once, told of a run and its decision, tested, sent again, and switched off", async ({
  page,
  world,
  signIn,
}) => {
  const receiver = await startWebhookReceiver();
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await makeAction(workspace, { name: "refund", policy: { type: "always_require_approval" } });
  await signIn(page, await world.person(workspace, "developer"));
  await page.goto(`/workspaces/${workspace.workspaceId}/settings/webhooks`);
  await expect(page.getByRole("heading", { name: "No webhooks" })).toBeVisible();

  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("URL").fill("http://169.254.169.254/latest");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(dialog.getByRole("alert")).toContainText("public address");
  await dialog.getByLabel("URL").fill(`${receiver.url}/daai`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I’ve stored it" }).click();
  await page.getByRole("link", { name: `${receiver.url}/daai` }).click();
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();

  // The page follows by itself what happens elsewhere.
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund", payload: { amount: "12.00" } });
  const deliveries = page.getByRole("region", { name: "Deliveries" }).getByRole("listitem");
  await expect(deliveries.filter({ hasText: "run.pending" })).toContainText("Delivered");
  expectOk(await decideRun(workspace.ctx, { runId, decision: "reject", comment: "Twice." }));
  await expect(deliveries.filter({ hasText: "run.decided" })).toContainText("Delivered");
  const events = receiver.received.map(({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>));
  expect(events).toMatchObject([
    { type: "run.pending", data: { action_run_id: runId, governance_status: "pending_approval" } },
    { type: "run.decided", data: { action_run_id: runId, governance_status: "rejected" } },
  ]);

  // The SDK believes what was really delivered, and nothing that was changed on its way.
  const verifier = startPython(VERIFIER, { DAAI_WEBHOOK_SECRET: secret, RECEIVED: JSON.stringify(receiver.received) });
  expect(await verifier.ended).toBe(0);
  expect(verifier.output().trim().split("\n")).toEqual(
    receiver.received.flatMap(({ headers }, index) => [
      `${String(headers["webhook-id"])} ${index === 0 ? "run.pending" : "run.decided"} ${runId}`,
      "changed: refused",
      "another secret: refused",
    ]),
  );

  // A program that fails is told again, under the same id.
  receiver.behave((answer) => answer.writeHead(500, { "X-Answered-By": "a receiver" }).end("Out of order"));
  await page.getByRole("button", { name: "Send a test" }).click();
  const tested = deliveries.filter({ hasText: "Failed" });
  await tested.getByText("Failed").click();
  await expect(tested).toContainText("It responded with 500.");
  const attempts = tested.getByRole("region", { name: "Attempts" }).getByRole("listitem");
  await expect(attempts).toHaveCount(1);
  await expect(attempts.getByLabel("Request headers", { exact: true })).toContainText(
    `webhook-signature: ${String(receiver.received.at(-1)?.headers["webhook-signature"])}`,
  );
  await expect(attempts.getByLabel("Response headers")).toContainText("X-Answered-By: a receiver");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  // A page below a tab belongs to it, and the tab is in sight.
  await page.reload();
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Webhooks" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Webhooks" })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await tested.getByText("Failed").click();
  receiver.behave(204);
  await tested.getByRole("button", { name: "Redeliver" }).click();
  await expect(deliveries.filter({ hasText: "Delivered" })).toHaveCount(3);
  const [first, second] = receiver.received.slice(-2);
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  const again = deliveries
    .filter({ hasText: first?.headers["webhook-id"] as string })
    .getByRole("region", { name: "Attempts" })
    .getByRole("listitem");
  await expect(again).toHaveCount(2);
  await again.last().locator("summary").click();
  await expect(again.last()).toContainText("Out of order");

  await page.getByRole("button", { name: "Disable webhook" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("button", { name: "Enable" })).toBeVisible();
  await receiver.close();
});

test("Slack and notification webhooks are made in the settings, and who may not see them finds no page", async ({
  page,
  world,
  signIn,
  watch,
}) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  const notifications = `/workspaces/${workspace.workspaceId}/settings/notifications`;
  await page.goto(notifications);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add Slack channel" }).click();
  await page.getByLabel("Incoming webhook URL").fill("https://hooks.slack.com/services/T000/B000/abcdefghijklmnop");
  await page.getByRole("dialog").getByRole("button", { name: "Add Slack channel" }).click();
  await expect(page.getByRole("main")).toContainText("hooks.slack.com");
  await expect(page.getByText("abcdefghijklmnop")).toHaveCount(0);
  await page.getByRole("link", { name: "https://hooks.slack.com/…mnop" }).click();
  await expect(page.getByRole("heading", { name: "No deliveries yet" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Notifications" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);

  await signIn(page, await world.person(workspace, "viewer"));
  watch.allow(/404/);
  await page.goto(notifications);
  await expect(page.getByRole("button", { name: "Add Slack channel" })).toHaveCount(0);
});

test("a webhook that the console disabled is told by mail and stands on the overview and in the settings until it is enabled", async ({
  page,
  world,
  signIn,
}) => {
  const receiver = await startWebhookReceiver();
  receiver.behave(410);
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  const { id } = expectOk(
    await createWebhook(workspace.ctx, { kind: "webhook", url: `${receiver.url}/daai`, eventTypes: ["run.pending"] }),
  );
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}`);
  const notice = page.getByRole("note").filter({ hasText: "A webhook was disabled." });
  await expect(notice).toHaveCount(0);
  await makeRun(workspace, "always_require_approval");
  // The open page follows.
  await expect(notice).toContainText("responded with 410 Gone");
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
  await page.goto(`/workspaces/${workspace.workspaceId}/settings`);
  await expect(notice).toBeVisible();
  await page.goto(await mailedPath(workspace.owner.email, /^A webhook in Finance automations was disabled$/));
  await expect(page).toHaveURL(new RegExp(`/settings/webhooks/${id}$`));
  await page.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  await page.goto(`/workspaces/${workspace.workspaceId}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await receiver.close();
});
