import { beforeEach, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { untilWaiting } from "@/lib/testing/until-waiting";
import { confirmGrant } from "./confirm-grant";
import { listGrants } from "./list-grants";

let workspace: TestWorkspace;
let actionId: string;
let grantId: string;
let listed: Awaited<ReturnType<typeof makePerson>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  listed = await makePerson(workspace, "developer");
  actionId = await makeAction(workspace, { name: "pay", riskLevel: "critical", approverEmails: [listed.email] });
  const giver = await makePerson(workspace, "approver");
  grantId = await giveGrant(workspace, { action: "pay", ctx: giver.ctx });
});

const verify = () => getDb().user.update({ where: { email: listed.email }, data: { emailVerifiedAt: new Date() } });
const canConfirm = async () => (await listGrants(listed.ctx, grantId)).map((grant) => grant.canConfirm);

test("someone who is asked, but whose role doesn't decide, needs a verified address", async () => {
  expect(await canConfirm()).toEqual([false]);
  expect(await confirmGrant(listed.ctx, { grantId })).toMatchObject({ ok: false, code: "not_permitted" });
  await verify();
  expect(await canConfirm()).toEqual([true]);
  expectOk(await confirmGrant(listed.ctx, { grantId }));
});

test.each<[string, (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) => Promise<number>]>([
  [
    "the action",
    (tx) => tx.$executeRaw`UPDATE registered_actions SET approver_emails = ARRAY['other@example.com'] WHERE id = ${actionId}::uuid`,
  ],
  ["their account", (tx) => tx.$executeRaw`UPDATE users SET disabled_at = now() WHERE email = ${listed.email}`],
])("waits for a change of %s that takes the right", async (_what, change) => {
  await verify();
  let confirmed: ReturnType<typeof confirmGrant> | undefined;
  await inTransaction(getDb(), async (tx) => {
    await change(tx);
    confirmed = confirmGrant(listed.ctx, { grantId });
    await Promise.race([confirmed, untilWaiting(getDb())]);
  });
  expect(await confirmed).toMatchObject({ ok: false });
});
