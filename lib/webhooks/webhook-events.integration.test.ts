import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import {
  freezeFactsSchema,
  freezeWebhookSchema,
  policyWebhookSchema,
  proposalFactsSchema,
  runFactsSchema,
  runWebhookSchema,
} from "@/lib/contract/webhook";
import { getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { confirmProposal } from "@/lib/policy-proposals/confirm-proposal";
import { declineProposal, withdrawProposal } from "@/lib/policy-proposals/end-proposal";
import { setPolicyRule } from "@/lib/policy-proposals/set-policy-rule";
import { makeBudget } from "@/lib/testing/budgets";
import {
  claimOk,
  endApprovalWindow,
  endLease,
  expectOk,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
} from "@/lib/testing/factories";
import { proposeEdit } from "@/lib/testing/policy-proposals";
import { deliveriesOf, firstDeliveryOf, sendAll, webhookWorld } from "@/lib/testing/webhook-world";
import { deleteWebhook } from "./delete-webhook";
import { editWebhook } from "./edit-webhook";
import { listWebhooks } from "./list-webhooks";
import { markRunsInDoubt } from "./mark-runs-in-doubt";
import { redeliverWebhook } from "./redeliver-webhook";
import { switchWebhook } from "./switch-webhook";

const world = webhookWorld();
const heard = () => [
  ...new Map(
    world.receiver.received.map(({ headers, body }) => [headers["webhook-id"], (JSON.parse(body) as { type: string }).type]),
  ).values(),
];

/** Strict: the contract names every field that the database writes, and the database writes every field that it names. */
const storedEventSchema = z.strictObject({ ...runWebhookSchema.shape, data: z.strictObject(runFactsSchema.shape) });

describe("what programs are told", () => {
  test("is written by the database as the contract has it", async () => {
    const { id } = await world.make();
    const decided = await makeRun(world.workspace, "always_require_approval");
    expectOk(await decideRun(world.workspace.ctx, { runId: decided, decision: "approve", comment: null }));
    await report(world.workspace, decided, { claimToken: await claimOk(world.workspace, decided) });
    const bodies = (await deliveriesOf(id)).map(({ body }) => storedEventSchema.parse(JSON.parse(body)));
    expect(bodies.map(({ type }) => type)).toEqual(["run.pending", "run.decided", "run.executed"]);
    for (const { data } of bodies) {
      expect(Object.keys(data)).toEqual(Object.keys(runFactsSchema.shape));
      expect(data.approvals).toBeNull();
    }
  });

  test("how far the approvals are, as the status says it, where several are needed", async () => {
    const { id } = await world.make();
    const [ann, ben] = ["ann@example.com", "ben@example.com"];
    const runId = await makeRun(world.workspace, "always_require_approval", {
      approverEmails: [ann, "chi@example.com"],
      laterStages: [{ approvals: 1, people: [ben] }],
    });
    for (const email of [ann, ben])
      expectOk(await decideRun(operatorContext(world.workspace.workspaceId, email), { runId, decision: "approve", comment: "Checked." }));
    const bodies = (await deliveriesOf(id)).map(({ body }) => storedEventSchema.parse(JSON.parse(body)));
    const { approvals } = expectOk(await getRunStatus(visitorContext(), world.workspace.credentials, runId)).answer;
    expect(bodies.map(({ type, data }) => [type, data.approvals])).toEqual([
      ["run.pending", { stage: 1, stages: 2, required: 1, given: 0, by: [] }],
      ["run.decided", { stage: 2, stages: 2, required: 1, given: 1, by: [ben] }],
    ]);
    expect(bodies[1]?.data.approvals).toEqual(approvals);
  });

  test("names the budget that a run goes over, in every event of the run, without what was read from the payload", async () => {
    const { id } = await world.make();
    await makeAction(world.workspace, { name: "refund", policy: { type: "always_allow" } });
    await makeBudget(world.workspace, { limit: "1000", per: "recipient" });
    const payload = { amount: "1240.50", currency: "EUR", to: "bo@example.com" };
    const { action_run_id: runId, budget } = await proposeOk(world.workspace, { action: "refund", payload });
    expectOk(await decideRun(world.workspace.ctx, { runId, decision: "approve", comment: null }));
    const bodies = (await deliveriesOf(id)).map(({ body }) => storedEventSchema.parse(JSON.parse(body)));
    const { per_value: _value, amount: _amount, ...told } = budget ?? expect.fail("It goes over.");
    expect(bodies.map(({ type, data }) => [type, data.budget])).toEqual([
      ["run.pending", told],
      ["run.decided", told],
    ]);
    expect(JSON.stringify(bodies)).not.toMatch(/1240\.5|bo@example/);
  });

  test("every event once, signed, in the transaction of the run; nothing of what its policy decides", async () => {
    const { id, secret } = await world.make();
    const decided = await makeRun(world.workspace, "always_require_approval");
    expectOk(await decideRun(world.workspace.ctx, { runId: decided, decision: "approve", comment: null }));
    const token = await claimOk(world.workspace, decided);
    expectOk(await report(world.workspace, decided, { claimToken: token, result: { secret: "of the program" } }));
    const expired = await makeRun(world.workspace, "always_require_approval");
    await endApprovalWindow(expired);
    expectOk(await expireRun(systemContext(world.workspace.workspaceId), expired));
    const failed = await makeRun(world.workspace, "always_allow");
    expectOk(await report(world.workspace, failed, { outcome: "failed", error: "no" }));
    await makeRun(world.workspace, "always_block");
    const doubtful = await makeRun(world.workspace, "always_allow");
    await claimOk(world.workspace, doubtful);
    await markRunsInDoubt(systemContext(null));
    expect((await deliveriesOf(id)).map(({ eventType }) => eventType)).not.toContain("run.in_doubt");
    await endLease(doubtful);
    await markRunsInDoubt(systemContext(null));
    await markRunsInDoubt(systemContext(null));
    await sendAll();
    expect(heard().sort()).toEqual([
      "run.decided",
      "run.executed",
      "run.expired",
      "run.failed",
      "run.in_doubt",
      "run.pending",
      "run.pending",
    ]);
    for (const { body, headers, path } of world.receiver.received) {
      expect(path).toBe("/hook");
      const event = runWebhookSchema.parse(new Webhook(secret).verify(body, headers as Record<string, string>));
      expect(event.data.links.run).toBe(`http://localhost:3000/workspaces/${world.workspace.workspaceId}/runs/${event.data.action_run_id}`);
      expect(Object.keys(event.data)).not.toContain("payload");
      expect(body).not.toMatch(/made|of the program/);
    }
    expect(
      (await deliveriesOf(id)).every(
        ({ status, attemptCount, attempts }) => status === "delivered" && attemptCount === 1 && attempts[0]?.responseStatus === 204,
      ),
    ).toBe(true);
    expect(new Set(world.receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
      new Set((await deliveriesOf(id)).map((delivery) => delivery.id)),
    );
  });

  test("only what was asked for, only to endpoints that are on, and never across workspaces", async () => {
    const decided = await world.make(["run.decided"]);
    const off = await world.make();
    expectOk(await switchWebhook(world.workspace.ctx, { id: off.id, isEnabled: false }));
    const gone = await world.make();
    expectOk(await deleteWebhook(world.workspace.ctx, gone.id));
    const other = await makeWorkspace();
    await makeRun(other, "always_require_approval");
    const runId = await makeRun(world.workspace, "always_require_approval");
    await sendAll();
    expect(heard()).toEqual([]);
    expectOk(await decideRun(world.workspace.ctx, { runId, decision: "block", comment: null }));
    await sendAll();
    expect(heard()).toEqual(["run.decided"]);
    expect(await deliveriesOf(decided.id)).toHaveLength(1);
    expect(await deliveriesOf(off.id)).toEqual([]);
    expect(await editWebhook(other.ctx, { id: decided.id, url: world.receiver.url, eventTypes: ["run.failed"] })).toMatchObject({
      code: "not_found",
    });
    expect(await redeliverWebhook(other.ctx, { id: decided.id, deliveryId: (await firstDeliveryOf(decided.id)).id })).toMatchObject({
      code: "not_found",
    });
    expect(await listWebhooks(other.ctx, ["webhook"])).toEqual([]);
  });

  test("a claim that is renewed after its lease is the same claim; a new claim is a new doubt", async () => {
    const { id } = await world.make(["run.in_doubt"]);
    const runId = await makeRun(world.workspace, "always_allow");
    await claimOk(world.workspace, runId);
    await endLease(runId);
    await markRunsInDoubt(systemContext(null));
    await getDb()
      .$executeRaw`UPDATE action_runs SET claim_token_hash = NULL, claim_worker = NULL, claimed_at = NULL, claim_expires_at = NULL WHERE id = ${runId}::uuid`;
    await claimOk(world.workspace, runId);
    await endLease(runId);
    await markRunsInDoubt(systemContext(null));
    expect(await deliveriesOf(id)).toHaveLength(2);
  });
});

test("a freeze and its thaw are told as the contract has them, to channels in the console's words only", async () => {
  const { id } = await world.make();
  const channel = await world.make(["workspace.frozen"], "notification");
  await makeAction(world.workspace, { name: "pay_supplier", title: "A title of somebody" });
  const target = { actionName: "pay_supplier", apiKeyId: null, reason: "Wrong amounts", channel: "admin_cli" } as const;
  const { freezeId } = expectOk(await startFreeze(world.workspace.ctx, target));
  expectOk(await thaw(world.workspace.ctx, { freezeId, comment: null, channel: "admin_cli" }));
  for (const { body } of await deliveriesOf(id)) {
    const { type, data } = z
      .strictObject({ ...freezeWebhookSchema.shape, data: z.strictObject(freezeFactsSchema.shape) })
      .parse(JSON.parse(body));
    expect(data).toMatchObject({ freeze_id: freezeId, scope: "action", action: "pay_supplier", reason: "Wrong amounts" });
    expect(data.thawed_by === null).toBe(type === "workspace.frozen");
  }
  await sendAll();
  const bodies = world.receiver.received.map(({ body }) => JSON.parse(body) as { type?: string; text?: string; url?: string });
  // Lanes send at the same time, so either may be first.
  expect(bodies.flatMap(({ type }) => type ?? []).sort()).toEqual(["workspace.frozen", "workspace.thawed"]);
  expect(bodies.filter(({ text }) => text !== undefined)).toEqual([
    { text: "Frozen: the action pay_supplier", url: `http://localhost:3000/workspaces/${world.workspace.workspaceId}/freezes` },
  ]);
  expect(await deliveriesOf(channel.id)).toHaveLength(1);
});

test("a policy change that waits for a second person, and what became of it, without what it changes", async () => {
  const { id } = await world.make();
  const channel = await world.make(["policy.proposed"], "notification");
  const { workspaceId } = world.workspace;
  const [owner, admin] = [(await makePerson(world.workspace, "owner")).ctx, (await makePerson(world.workspace, "admin")).ctx];
  await makeAction(world.workspace, { name: "pay", title: "A title of somebody" });
  expectOk(await setPolicyRule(owner, { policyChangeNeedsAnotherPerson: true }));
  const propose = (threshold: string) => proposeEdit(owner, { threshold });
  expectOk(await declineProposal(admin, { proposalId: await propose("500"), comment: "Too high" }));
  expectOk(await withdrawProposal(owner, { proposalId: await propose("600") }));
  expectOk(await confirmProposal(admin, { proposalId: await propose("700") }));
  const bodies = (await deliveriesOf(id)).map(({ body }) =>
    z.strictObject({ ...policyWebhookSchema.shape, data: z.strictObject(proposalFactsSchema.shape) }).parse(JSON.parse(body)),
  );
  expect(bodies.map(({ type, data }) => [type, data.status, data.ended_by, data.end_comment])).toEqual([
    ["policy.proposed", "pending", null, null],
    ["policy.declined", "declined", admin.actor.email, "Too high"],
    ["policy.proposed", "pending", null, null],
    ["policy.ended", "withdrawn", owner.actor.email, null],
    ["policy.proposed", "pending", null, null],
    ["policy.confirmed", "confirmed", admin.actor.email, null],
  ]);
  for (const { data } of bodies) expect(data).toMatchObject({ workspace_id: workspaceId, action: "pay", kind: "edit", group: null });
  expect(JSON.stringify(bodies)).not.toMatch(/threshold|"[567]00"/);
  await sendAll();
  const received = world.receiver.received.map(({ body }) => JSON.parse(body) as { text?: string; data?: { links: unknown } });
  const change = `http://localhost:3000/workspaces/${workspaceId}/actions/pay`;
  for (const { data } of received) if (data) expect(data.links).toEqual({ change });
  expect(received.filter(({ text }) => text !== undefined)).toEqual(
    Array.from({ length: 3 }, () => ({ text: "Policy change proposed: pay", url: change })),
  );
  expect(await deliveriesOf(channel.id)).toHaveLength(3);
});
