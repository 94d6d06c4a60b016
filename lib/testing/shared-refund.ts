import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { getSharedFile, getSharedReceipt } from "@/lib/receipts/sharing/get-shared-receipt";
import type { NewShare } from "@/lib/receipts/sharing/schema";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { claimOk, expectOk, makeAction, makeWorkspace, proposeOk, report, type TestWorkspace } from "./factories";
import { sequenceReceipts } from "./sequence-receipts";

/** A workspace whose refunds a person approves. */
export async function makeRefunding(): Promise<TestWorkspace> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, {
    name: "refund",
    sentence: "refund {amount} to {customer}",
    approverEmails: ["ann@example.com"],
    policy: { type: "require_approval_above_amount", threshold: "100" },
  });
  return workspace;
}

/** A refund that a person approved and the app reported, in its workspace's log. */
export async function makeRefund(workspace: TestWorkspace): Promise<{ runId: string; receiptId: string }> {
  const proposal = {
    action: "refund",
    payload: { amount: "1840.00", customer: "Marguerite" },
    reasoning: "She was charged twice.",
    source: { type: "ticket", ref: "order-17" },
  };
  const { action_run_id: runId } = await proposeOk(workspace, proposal);
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked by phone." }));
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refund_id: "re_88214" } }));
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  return { runId, receiptId: (await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } })).id };
}

/** A new link to the receipt. */
export async function share(
  workspace: TestWorkspace,
  receiptId: string,
  { payload = "withheld", endsAfter = "never" }: Partial<NewShare> = {},
) {
  const { id, url } = expectOk(await shareReceipt(workspace.ctx, { receiptId, payload, endsAfter }));
  return { id, url, token: url.split("/share/")[1] ?? "" };
}

/** What the link leads to, as a page and as a file. */
export const stateOf = async (token: string) => [
  (await getSharedReceipt(visitorContext(), token)).state,
  (await getSharedFile(visitorContext(), token)).state,
];
