import { v7 as uuidv7 } from "uuid";
import { systemContext } from "@/lib/auth/contexts";
import { eachAlone } from "@/lib/db/each-alone";
import { inTransaction } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { GrantState } from "@/lib/domain/grants/grant";
import { publishChange } from "@/lib/live/publish-change";
import { queueEmail } from "@/lib/notifications/queue-email";
import type { SystemContext } from "@/lib/security/context";

const AT_A_TIME = 1000;

interface OverGrant {
  id: string;
  workspace_id: string;
  state: GrantState;
  uses: number;
  given_by: string;
  ended_by: string | null;
  ended_reason: string | null;
}

/**
 * Notes each grant that allows nothing any more, once: a trigger queues the webhooks of those that nobody ended, and who gave it is emailed where that is
 * news. Locks only such grants, because a proposal doesn't wait for a locked one and a person would be asked.
 */
export async function noteGrantEnds({ db }: SystemContext): Promise<void> {
  const over = await db.$queryRaw<OverGrant[]>`
    SELECT g.id, g.workspace_id, s.state, spent.uses, g.given_by, g.ended_by, g.ended_reason FROM standing_grants g
    CROSS JOIN LATERAL (SELECT count(*)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM grant_uses u WHERE u.grant_id = g.id) spent
    CROSS JOIN LATERAL (SELECT daai_grant_state(g, spent.uses, spent.used, now()) AS state) s
    WHERE g.over_noted_at IS NULL AND s.state IN ('used_up', 'expired', 'ended') ORDER BY g.id LIMIT ${AT_A_TIME}`;
  await eachAlone(over, (grant) => noteGrantEnd(systemContext(null, db), grant));
}

function noteGrantEnd({ db }: SystemContext, grant: OverGrant): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { id: aboutGrantId, workspace_id: workspaceId, given_by: toEmail } = grant;
    const noted = await tx.$executeRaw`
      UPDATE standing_grants SET over_noted_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = ${aboutGrantId}::uuid AND over_noted_at IS NULL`;
    if (noted === 0) return;
    await publishChange(tx, workspaceId, "grants");
    // The mail leads to a page that only members can open.
    const member = await tx.member.findFirst({
      where: { workspaceId, user: { email: toEmail, disabledAt: null }, workspace: { deletedAt: null } },
    });
    if (member && isNewsToGiver(grant)) await queueEmail(tx, { id: uuidv7(), workspaceId, kind: "grant_over", aboutGrantId, toEmail });
  });
}

/** Ends that the giver caused, or that took their rights or the run's data away, are no news to them. */
const NEWS: readonly string[] = ["revoked", "policy_changed", "approvals_changed", "risk_raised"];

function isNewsToGiver({ state, uses, given_by: givenBy, ended_by: endedBy, ended_reason: reason }: OverGrant): boolean {
  if (state === "ended") return NEWS.includes(reason ?? "") && (endedBy === null || !isSamePerson(endedBy, givenBy));
  return state === "used_up" || uses > 0;
}
