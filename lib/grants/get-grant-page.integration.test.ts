import { expect, test } from "vitest";
import { claimOk, endLease, expectOk, makeAction, makeWorkspace, proposeOk, report } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { getGrantPage } from "./get-grant-page";

test("says how each run that the grant allowed went, and that nobody knows it of a run in doubt", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay" });
  const grantId = await giveGrant(workspace, { action: "pay" });
  const allow = async (amount: string) =>
    (await proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, amount } })).action_run_id;
  const [doubtful, reported, waiting] = [await allow("1"), await allow("2"), await allow("3")];
  await claimOk(workspace, doubtful);
  await endLease(doubtful);
  expectOk(await report(workspace, reported, { claimToken: await claimOk(workspace, reported) }));
  const page = await getGrantPage(workspace.ctx, grantId);
  expect(page?.uses.map(({ runId, amount, execution }) => [runId, amount, execution])).toEqual([
    [waiting, "3", "awaiting_execution_report"],
    [reported, "2", "executed"],
    [doubtful, "1", "in_doubt"],
  ]);
  expect(await getGrantPage((await makeWorkspace()).ctx, grantId)).toBeNull();
});
