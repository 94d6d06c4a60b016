import { v7 as uuidv7 } from "uuid";
import { isActiveMember } from "@/lib/approvers/is-active-member";
import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import { inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { GrantState } from "@/lib/domain/grants/grant";
import { publishChange } from "@/lib/live/publish-change";
import { queueEmail } from "@/lib/notifications/queue-email";
import { type SystemContext, type WorkspaceContext, withDb } from "@/lib/security/context";

const AT_A_TIME = 1000;

interface OverGrant {
  id: string;
  workspace_id: string;
  state: GrantState;
  uses: number;
}

interface NotedGrant {
  run_id: string;
  given_by: string;
  ended_by: string | null;
  /** null: nobody ended it, also not since it was listed. */
  ended_reason: string | null;
}

/**
 * Notes each grant that allows nothing any more, once: a trigger queues the webhooks of those that nobody ended, and who gave it is emailed where that is
 * news. Locks only such grants, because a proposal doesn't wait for a locked one and a person would be asked.
 */
export async function noteGrantEnds({ db }: SystemContext): Promise<void> {
  const over = await db.$queryRaw<OverGrant[]>`
    SELECT g.id, g.workspace_id, s.state, spent.uses FROM standing_grants g
    CROSS JOIN LATERAL (SELECT count(*)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM grant_uses u WHERE u.grant_id = g.id) spent
    CROSS JOIN LATERAL (SELECT daai_grant_state(g, spent.uses, spent.used, now()) AS state) s
    WHERE g.over_noted_at IS NULL AND s.state IN ('used_up', 'expired', 'ended') ORDER BY g.id LIMIT ${AT_A_TIME}`;
  await eachAlone(over, (grant) => noteGrantEnd(systemContext(grant.workspace_id, db), grant));
}

function noteGrantEnd(ctx: WorkspaceContext, { id: aboutGrantId, state, uses }: OverGrant): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    const { workspaceId } = inner;
    const [noted] = await tx.$queryRaw<NotedGrant[]>`
      UPDATE standing_grants SET over_noted_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = ${aboutGrantId}::uuid AND over_noted_at IS NULL
      RETURNING run_id, given_by, ended_by, ended_reason`;
    if (!noted) return;
    await publishChange(tx, workspaceId, "grants");
    const isNews = noted.ended_reason === null ? state === "used_up" || uses > 0 : await isEndNews(inner, noted);
    const toEmail = noted.given_by;
    // The mail leads to a page that only members can open.
    if (isNews && (await isActiveMember(inner, toEmail)))
      await queueEmail(tx, { id: uuidv7(), workspaceId, kind: "grant_over", aboutGrantId, toEmail });
  });
}

/** Ends that took the giver's rights or the run's data away are no news to them, nor is their own revocation. */
const NEWS: readonly string[] = ["revoked", "policy_changed", "approvals_changed", "risk_raised"];

async function isEndNews(ctx: WorkspaceContext, { run_id: runId, given_by: givenBy, ended_by: endedBy, ended_reason: reason }: NotedGrant) {
  if (!NEWS.includes(reason ?? "")) return false;
  return endedBy === null || !isSamePerson(endedBy, givenBy) || (await wasEndedByKey(ctx, runId));
}

/** A management key acts for its owner, but someone else may hold it. Only the receipt says that it was one. */
async function wasEndedByKey({ db, workspaceId }: WorkspaceContext, runId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ by_key: boolean }[]>`
    SELECT EXISTS (SELECT FROM receipts r WHERE r.workspace_id = ${workspaceId}::uuid AND r.run_id = ${runId}::uuid AND r.kind = 'grant_end'
      AND r.body::jsonb ->> 'channel' = 'management_api') AS by_key`;
  return row?.by_key ?? false;
}
