import { v7 as uuidv7 } from "uuid";
import { bytes } from "@/lib/db/bytes";
import type { ActionRun } from "@/lib/db/generated/client";
import type { WorkspaceContext } from "@/lib/security/context";
import { channelOf } from "./channel-of";
import type { PreparedChange } from "./prepare-change";

/** Records a change of a pending run that the caller has locked. With the approval, a trigger applies it. */
export async function writeChange(
  ctx: WorkspaceContext,
  run: ActionRun,
  {
    change,
    ...made
  }: { kind: "change" | "proposal"; voteId: string | null; changedBy: string; reason: string; createdAt: Date; change: PreparedChange },
): Promise<void> {
  const { changesText, payloadText, payloadHash, facts } = change;
  await ctx.db.payloadChange.create({
    data: {
      ...made,
      ...facts,
      id: uuidv7(),
      workspaceId: run.workspaceId,
      runId: run.id,
      channel: channelOf(ctx),
      changesText,
      payloadText,
      payloadHash: bytes(payloadHash),
      proposedAmount: run.amount,
      proposedCurrency: run.currency,
      proposedRecipient: run.recipient,
      proposedSentence: run.sentence,
    },
  });
}
