import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notificationSchema, runWebhookSchema } from "@/lib/contract/webhook";
import { getDb } from "@/lib/db/client";
import type { WebhookKind } from "@/lib/domain/runs/webhook-events";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { INJECTED_ACTION, INJECTED_HOST, INJECTIONS, injectedProposal } from "@/lib/testing/injection-corpus";
import { startAllowedReceiver, type WebhookReceiver } from "@/lib/testing/webhook-receiver";
import { createWebhook } from "./create-webhook";
import { sealWebhookSecret } from "./webhook-secret";

let receiver: WebhookReceiver;
let workspace: TestWorkspace;
const secrets = new Map<string, string>();

beforeAll(async () => {
  receiver = await startAllowedReceiver();
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", title: "Pay", ...INJECTED_ACTION });
  for (const kind of ["webhook", "notification"] as const) secrets.set(kind, await listen(kind, `${receiver.url}/${kind}`));
  await listen("slack", "https://hooks.slack.com/services/T0/B0/abcdefgh1234");
  await getDb().webhookEndpoint.updateMany({ where: { kind: "slack" }, data: { sealedUrl: sealWebhookSecret(`${receiver.url}/slack`) } });
});
afterAll(() => receiver.close());

const listen = async (kind: WebhookKind, url: string) =>
  expectOk(await createWebhook(workspace.ctx, { kind, url, eventTypes: ["run.pending"] })).secret ?? "";

interface SlackText {
  type: string;
  text: string;
}

test.each(INJECTIONS)(
  "a proposal full of it reaches programs and channels as data, marked, or not at all: $name",
  async ({ text: hostile, warning }) => {
    receiver.received.length = 0;
    const { action_run_id: runId } = await proposeOk(workspace, { action: "pay", ...injectedProposal(hostile) });
    await drainJobs();
    const received = (path: string) => receiver.received.find((one) => one.path === path) ?? { body: "", headers: {}, rawHeaders: [] };
    const page = `http://localhost:3000/workspaces/${workspace.workspaceId}/runs/${runId}`;
    expect(receiver.received).toHaveLength(3);
    // Nothing of it in a header, whatever it holds.
    for (const { rawHeaders } of receiver.received) expect(rawHeaders.join(" ")).not.toMatch(new RegExp(`${INJECTED_HOST}|Bcc`));

    // Programs and plain texts get the console's words and addresses only.
    const signed = (kind: string) =>
      new Webhook(secrets.get(kind) ?? "").verify(received(`/${kind}`).body, received(`/${kind}`).headers as Record<string, string>);
    expect(runWebhookSchema.strict().parse(signed("webhook")).data).toMatchObject({
      action_run_id: runId,
      action: "pay",
      links: { run: page },
    });
    expect(notificationSchema.strict().parse(signed("notification"))).toEqual({ text: "Approval needed: pay", url: page });
    for (const kind of ["webhook", "notification"])
      expect(received(`/${kind}`).body).not.toMatch(new RegExp(`${INJECTED_HOST}|1840|everyone|script|[^\\x20-\\x7e]`));

    // Slack shows the sentence, and that an agent wrote it.
    const { text, blocks } = JSON.parse(received("/slack").body) as {
      text: string;
      blocks: { text?: SlackText; elements?: SlackText[] }[];
    };
    expect(text).toBe("Approval needed: pay");
    const texts = blocks.flatMap(({ text: own, elements }) => [...(own ? [own] : []), ...(elements ?? [])]);
    expect(texts.filter(({ type }) => type !== "plain_text").map((one) => one.text)).toEqual([`<${page}|Open in the console>`]);
    const shown = texts.filter(({ type }) => type === "plain_text").map((one) => one.text);
    expect(shown.filter((one) => one.startsWith("The agent wants to pay 1,840.00"))).toHaveLength(1);
    for (const one of shown) expect(one).not.toMatch(/[\r\n\t<>]|:\/\/|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(Math.max(...shown.map((one) => one.length))).toBeLessThanOrEqual(3000);
    // In a sentence a line break is a space, of which there is nothing to warn.
    if (warning !== null && inspectText(hostile.replace(/[\r\n]+/g, " ")).warnings.length > 0)
      expect(shown.filter((one) => one.startsWith("Warning: ")).join(" ")).toContain(warning);
  },
);
