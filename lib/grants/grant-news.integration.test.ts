import { expect, test } from "vitest";
import { z } from "zod";
import { systemContext } from "@/lib/auth/contexts";
import { grantFactsSchema, grantWebhookSchema } from "@/lib/contract/webhook";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { withDb } from "@/lib/security/context";
import { drainJobs, newestMail } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, proposeOk } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { managementClient } from "@/lib/testing/management-client";
import { untilWaiting } from "@/lib/testing/until-waiting";
import { deliveriesOf, webhookWorld } from "@/lib/testing/webhook-world";
import { noteGrantEnds } from "./note-grant-ends";
import { revokeGrant } from "./revoke-grant";

const world = webhookWorld();
const pay = () => proposeOk(world.workspace, { action: "pay", payload: GRANTED_PAYLOAD });
const noteEnds = () => noteGrantEnds(systemContext(null));

/** An approver and the other owner, with an action that always asks. */
async function makePeople() {
  await makeAction(world.workspace, { name: "pay", title: "Pay a supplier" });
  const [approver, owner] = [await makePerson(world.workspace, "approver"), await makePerson(world.workspace, "owner")];
  return {
    approver,
    owner,
    give: (different: object = {}) => giveGrant(world.workspace, { action: "pay", ctx: approver.ctx, ...different }),
  };
}

async function mailsOf(aboutGrantId: string): Promise<string[]> {
  const mails = await getDb().emailDelivery.findMany({ where: { aboutGrantId }, orderBy: { id: "asc" } });
  return mails.map(({ kind, toEmail }) => `${kind} ${toEmail}`).sort();
}

/** Its last day is over. */
async function passLastDay(grantId: string): Promise<void> {
  await getDb().$transaction([
    getDb().$executeRaw`ALTER TABLE standing_grants DISABLE TRIGGER standing_grants_as_given`,
    getDb().$executeRaw`UPDATE standing_grants SET ends_at = now(), created_at = now() - interval '1 day' WHERE id = ${grantId}::uuid`,
    getDb().$executeRaw`ALTER TABLE standing_grants ENABLE TRIGGER standing_grants_as_given`,
  ]);
}

test("owners read what someone else approved in advance, without the values of its run", async () => {
  const { owner, give } = await makePeople();
  const grantId = await give();
  expect(await mailsOf(grantId)).toEqual([`grant_given ${owner.email}`, `grant_given ${world.workspace.ownerEmail}`].sort());
  const { subject, text, links } = await newestMail(owner.email);
  expect(subject).toBe("Standing grant given: Pay a supplier");
  expect(text).toMatch(/Limits: up to 500\.00\sEUR each, 2,000\.00\sEUR in all, 10 runs, until/);
  expect(text).toContain("Must be the same: supplier.id.");
  expect(text).not.toMatch(/S-17|Acme|120\.00/);
  expect(links).toEqual([`http://localhost:3000/workspaces/${world.workspace.workspaceId}/grants/${grantId}`]);
  expect(
    await mailsOf(
      await giveGrant(world.workspace, { action: "pay", ctx: owner.ctx, payload: { ...GRANTED_PAYLOAD, supplier: { id: "S-18" } } }),
    ),
  ).toEqual([`grant_given ${world.workspace.ownerEmail}`]);
});

test("who gave it reads once that it was used up, and nobody else does", async () => {
  const { approver, give } = await makePeople();
  const grantId = await give({ maxUses: 2 });
  await pay();
  await noteEnds();
  expect(await mailsOf(grantId)).toHaveLength(2);
  await pay();
  await Promise.all([noteEnds(), noteEnds()]);
  expect((await mailsOf(grantId)).filter((mail) => mail.startsWith("grant_over"))).toEqual([`grant_over ${approver.email}`]);
  const { subject, text } = await newestMail(approver.email);
  expect(subject).toBe("Standing grant limit reached: Pay a supplier");
  expect(text).toContain("The grant allowed 2 of 2 runs.");
});

test.each([
  ["its last day is over and it allowed something", true, async (id: string) => (await pay(), passLastDay(id))],
  ["its last day is over and nobody used it", false, passLastDay],
  [
    "someone else revoked it",
    true,
    async (grantId: string) => revokeGrant((await makePerson(world.workspace, "admin")).ctx, { grantId, channel: "console" }),
  ],
  [
    "the policy changed",
    true,
    () => editAction(world.workspace.ctx, { name: "pay", title: "Pay a supplier", policy: { type: "always_block" } }),
  ],
] as const)("%s: who gave it is told: %s", async (_what, isTold, end) => {
  const { approver, give } = await makePeople();
  const grantId = await give();
  await end(grantId);
  await noteEnds();
  expect((await mailsOf(grantId)).includes(`grant_over ${approver.email}`)).toBe(isTold);
  await drainJobs();
  expect(await getDb().emailDelivery.count({ where: { aboutGrantId: grantId, kind: "grant_over", status: "sent" } })).toBe(isTold ? 1 : 0);
});

test("nobody is told of an end that they caused, or of a grant by someone who can't open its page", async () => {
  const { approver, give } = await makePeople();
  const own = await give();
  expectOk(await revokeGrant(approver.ctx, { grantId: own, channel: "console" }));
  await noteEnds();
  expect(await mailsOf(own)).toHaveLength(2);
  const left = await give({ maxUses: 1 });
  await pay();
  await getDb()
    .$executeRaw`DELETE FROM members WHERE workspace_id = ${world.workspace.workspaceId}::uuid AND user_id = ${approver.ctx.actor.userId}::uuid`;
  await noteEnds();
  expect(await mailsOf(left)).toHaveLength(2);
});

test("who revokes it while it's being noted is told nothing", async () => {
  const { approver, give } = await makePeople();
  const grantId = await give({ maxUses: 1 });
  await pay();
  const { noting } = await getDb().$transaction(async (tx) => {
    expectOk(await revokeGrant(withDb(approver.ctx, tx), { grantId, channel: "console" }));
    const noting = noteEnds();
    await untilWaiting(getDb());
    return { noting };
  });
  await noting;
  expect(await mailsOf(grantId)).toHaveLength(2);
});

test("an owner is told when a management key of theirs revokes their grant", async () => {
  const { owner, give } = await makePeople();
  const grantId = await give({ ctx: owner.ctx });
  const manage = await managementClient(owner, ["grants:revoke"]);
  expect((await manage("POST", `/api/v1/manage/grants/${grantId}/revoke`)).status).toBe(200);
  await noteEnds();
  expect((await newestMail(owner.email)).text).toContain("Why it ended: it was revoked by you or a management key of yours.");
});

test("nobody is sent what they may no longer see", async () => {
  const { approver, owner, give } = await makePeople();
  const grantId = await give({ maxUses: 1 });
  await getDb().member.updateMany({ where: { userId: owner.ctx.actor.userId }, data: { role: "viewer" } });
  await pay();
  await noteEnds();
  await getDb().user.update({ where: { id: approver.ctx.actor.userId }, data: { disabledAt: new Date() } });
  await drainJobs();
  const unsent = { aboutGrantId: grantId, status: "not_sent", notSentReason: "not_wanted" };
  expect((await getDb().emailDelivery.findMany({ where: unsent })).map(({ kind, toEmail }) => `${kind} ${toEmail}`).sort()).toEqual([
    `grant_given ${owner.email}`,
    `grant_over ${approver.email}`,
  ]);
});

test("webhooks say when it is given and once when it allows nothing any more, as the contract has it", async () => {
  const { approver, give } = await makePeople();
  const { id } = await world.make();
  const usedUp = await give({ maxUses: 1 });
  await pay();
  await noteEnds();
  const revoked = await give();
  expectOk(await revokeGrant(approver.ctx, { grantId: revoked, channel: "console" }));
  const changed = await give();
  expectOk(await editAction(world.workspace.ctx, { name: "pay", title: "Pay a supplier", policy: { type: "always_block" } }));
  await noteEnds();
  const bodies = (await deliveriesOf(id))
    .filter(({ eventType }) => eventType.startsWith("grant."))
    .map(({ body }) =>
      z.strictObject({ ...grantWebhookSchema.shape, data: z.strictObject(grantFactsSchema.shape) }).parse(JSON.parse(body)),
    );
  expect(bodies.map(({ type, data }) => [type, data.grant_id, data.state, data.uses, data.ended_reason])).toEqual([
    ["grant.created", usedUp, "live", 0, null],
    ["grant.ended", usedUp, "used_up", 1, null],
    ["grant.created", revoked, "live", 0, null],
    ["grant.revoked", revoked, "ended", 0, "revoked"],
    ["grant.created", changed, "live", 0, null],
    ["grant.ended", changed, "ended", 0, "policy_changed"],
  ]);
  // On their own: an id can have these digits too.
  expect(JSON.stringify(bodies)).not.toMatch(/S-17|Acme|(?<![\w.-])(120|500|2000)(?![\w-])/);
});
