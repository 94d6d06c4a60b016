import { getDb } from "@/lib/db/client";
import { revokeShare } from "@/lib/receipts/sharing/revoke-share";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { expectOk, makeRun, type TestWorkspace } from "./factories";

/** What people do with receipts, each ready to go, with who does it and what of it is written down. */
export function receiptCommands(workspaceOf: () => TestWorkspace) {
  const ctx = () => workspaceOf().ctx;
  const receipt = async () => {
    const runId = await makeRun(workspaceOf(), "always_block");
    return (await getDb().receipt.findFirstOrThrow({ where: { runId } })).id;
  };
  return [
    [
      "receipt.shared",
      "operator",
      async () => {
        const receiptId = await receipt();
        return {
          run: () => shareReceipt(ctx(), { receiptId, payload: "withheld", endsAfter: "7" }),
          subjectId: receiptId,
          data: { payload: "withheld" },
        };
      },
    ],
    [
      "receipt.share_revoked",
      "operator",
      async () => {
        const receiptId = await receipt();
        const { id } = expectOk(await shareReceipt(ctx(), { receiptId, payload: "withheld", endsAfter: "never" }));
        return { run: () => revokeShare(ctx(), id), subjectId: receiptId, data: { share: id } };
      },
    ],
  ] as const;
}
