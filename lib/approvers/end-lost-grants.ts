import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { DECIDERS } from "@/lib/domain/access/permissions";
import { publishChange } from "@/lib/live/publish-change";
import type { WorkspaceContext } from "@/lib/security/context";

/**
 * Ends the standing grants that no longer hold: of another policy, or of someone who could no longer approve each of the runs. Runs inside the
 * transaction of the change that may cause it, after it. `daai_use_grant` checks the same with each use.
 */
export async function endLostGrants(ctx: WorkspaceContext): Promise<void> {
  const { db, workspaceId } = ctx;
  const ended = await db.$queryRaw<{ grant_id: string; given_by: string; reason: string }[]>`
    SELECT grant_id, given_by, reason FROM daai_end_lost_grants(${workspaceId}::uuid, ${DECIDERS})`;
  for (const { grant_id: subjectId, given_by: givenBy, reason } of ended)
    await recordAuditEvent(ctx, { verb: "grant.ended", subjectType: "grant", subjectId, data: { given_by: givenBy, reason } });
  if (ended.length > 0) await publishChange(db, workspaceId, "grants", "receipts");
}
