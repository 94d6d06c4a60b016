import { bytes } from "@/lib/db/bytes";
import type { ActionRun } from "@/lib/db/generated/client";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

/** What a pending run was changed to, as the database has it. */
export async function findCurrentChange(
  { db }: WorkspaceContext,
  runId: string,
): Promise<{ id: string; hash: Uint8Array; changedBy: string } | null> {
  const [row] = await db.$queryRaw<{ id: string; hash: Uint8Array; changed_by: string }[]>`
    SELECT change.id, change.payload_hash AS hash, change.changed_by FROM action_runs run CROSS JOIN LATERAL daai_current_change(run) change
    WHERE run.id = ${runId}::uuid`;
  return row ? { id: row.id, hash: row.hash, changedBy: row.changed_by } : null;
}

/**
 * An approval is one of the payload that its person was shown. Where somebody has changed the request, even if that change has ended, they must say
 * which one that was; nobody approves a change unseen, or what it was changed back to. `changesIt`: they change it themselves.
 */
export async function refuseUnseenChange(
  ctx: WorkspaceContext,
  run: ActionRun,
  { payloadHash, changesIt }: { payloadHash: string | null; changesIt: boolean },
): Promise<Refusal | null> {
  const current = await findCurrentChange(ctx, run.id);
  if (
    payloadHash === null &&
    (await ctx.db.payloadChange.count({ where: { workspaceId: run.workspaceId, runId: run.id, kind: "change" } })) === 0
  )
    return null;
  const now = Buffer.from(current?.hash ?? run.payloadHash);
  if (payloadHash !== null && now.equals(Buffer.from(bytes(payloadHash)))) return null;
  const who = current ? `${current.changedBy} changed this request` : "This request is what was proposed again";
  const answer = changesIt ? "change" : "approval";
  return refuse("request_changed", `${who} after you opened it, so your ${answer} wasn't recorded. Read it again, then decide.`, {
    fields: { payload_hash: now.toString("hex") },
  });
}
