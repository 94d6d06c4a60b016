import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { confirmGrant } from "@/lib/grants/confirm-grant";
import { revokeGrant } from "@/lib/grants/revoke-grant";
import { expectOk, makeAction, makePerson, makeWorkspace } from "@/lib/testing/factories";
import { giveGrant } from "@/lib/testing/grants";
import { exportReceipts } from "./export-receipts";
import { listReceiptedRuns, listReceipts } from "./list-receipts";

test("a grant, its confirmation and its end are each their own person's", async () => {
  const own = await makeWorkspace();
  const [giver, confirmer] = [await makePerson(own, "approver"), await makePerson(own, "approver")];
  await makeAction(own, { name: "pay", riskLevel: "critical" });
  const grantId = await giveGrant(own, { action: "pay", ctx: giver.ctx });
  const { runId } = await getDb().standingGrant.findUniqueOrThrow({ where: { id: grantId } });
  expectOk(await confirmGrant(confirmer.ctx, { grantId }));
  expectOk(await revokeGrant(own.ctx, { grantId, channel: "console" }));
  const all = [
    ["grant_end", "grant_ended", own.ownerEmail],
    ["grant_confirmation", "grant_confirmed", confirmer.email],
    ["grant", "granted", giver.email],
    ["decision", "approved", giver.email],
  ];
  const rows = async (filter: Parameters<typeof listReceipts>[1]) =>
    (await listReceipts(own.ctx, filter, {}, 50)).receipts.map(({ kind, outcome, decidedBy }) => [kind, outcome, decidedBy]);
  expect((await rows({})).toSorted()).toEqual(all.toSorted());
  for (const person of [own.ownerEmail, confirmer.email, giver.email]) {
    expect((await rows({ by: person })).toSorted()).toEqual(all.filter(([, , by]) => by === person).toSorted());
    expect((await listReceiptedRuns(own.ctx, { by: person }, {}, 50)).receipts).toMatchObject([
      { runId, kind: "grant_end", decidedBy: own.ownerEmail },
    ]);
  }
  expect(await rows({ outcomes: ["approved"] })).toEqual(all.slice(3));
  expect(await rows({ by: "policy" })).toEqual([]);

  let csv = "";
  for await (const piece of await exportReceipts(own.ctx, { kinds: ["grant_confirmation"] }, "csv")) csv += piece;
  expect(csv).toContain(`,grant_confirmation,grant_confirmed,${runId},pay,`);
  expect(csv).toContain(`,${confirmer.email},`);

  const lost = await giveGrant(own, { action: "pay", ctx: giver.ctx });
  await getDb().$queryRaw`SELECT daai_end_grant(${lost}::uuid, 'policy_changed', NULL, NULL)`;
  const [first] = (await listReceipts(own.ctx, { kinds: ["grant_end"] }, {}, 1)).receipts;
  expect(first).toMatchObject({ outcome: "grant_ended", decidedBy: null });
  expect(await rows({ by: "policy" })).toEqual([]);
});
