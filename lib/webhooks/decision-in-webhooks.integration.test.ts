import { expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { visitorContext } from "@/lib/auth/contexts";
import { runWebhookSchema } from "@/lib/contract/webhook";
import { firstAttempt } from "@/lib/testing/attempts";
import { expectOk, makeAction, proposeOk } from "@/lib/testing/factories";
import { deliveriesOf, webhookWorld } from "@/lib/testing/webhook-world";

const world = webhookWorld();
const storedSchema = runWebhookSchema.extend({ data: runWebhookSchema.shape.data.omit({ links: true }) });

test.each([
  ["rejected", "run.decided", "Charged once."],
  ["blocked by a person", "run.decided", "Charged once."],
  ["approved", "run.decided", "Charged once."],
  ["withdrawn", "run.decided", "Paid by hand."],
  ["withdrawn after an approval", "run.revoked", "Paid by hand."],
  ["revoked", "run.revoked", "Charged once."],
  ["expired", "run.expired", null],
  ["lapsed", "run.uncollected", null],
] as const)(
  "who, why and what became of a run that is %s: the webhook says it like its status and a replay",
  async (happened, event, comment) => {
    const { id } = await world.make();
    await makeAction(world.workspace, { name: "asked", approvalValidMinutes: 60 });
    const { runId, request } = await firstAttempt(world.workspace, "asked", happened);
    const events = (await deliveriesOf(id)).map(({ body }) => storedSchema.parse(JSON.parse(body)));
    expect(events[0]).toMatchObject({ type: "run.pending", data: { decision: null } });
    const last = events.at(-1);
    expect(last).toMatchObject({ type: event, data: { decision: { comment } } });
    const status = expectOk(await getRunStatus(visitorContext(), world.workspace.credentials, runId)).answer;
    expect(last?.data.decision).toEqual(status.decision);
    expect((await proposeOk(world.workspace, request)).decision).toEqual(status.decision);
  },
);
