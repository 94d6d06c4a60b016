import { lockMembers } from "@/lib/approvers/lock-members";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { endAccountTokens } from "@/lib/security/account-token";
import { type OperatorContext, withDb } from "@/lib/security/context";
import { endSessions } from "@/lib/users/end-sessions";
import { type EndedRights, endRights } from "./end-rights";
import { workspacesOf } from "./get-account-rights";
import { passOwnershipOn } from "./keep-owner";

export interface EndedWithAccount extends EndedRights {
  sessions: number;
}

/**
 * Disables an account: ends sessions and emailed links, and in every workspace what ends for a removed member. Memberships stay, so that
 * enabling restores them. Locks the account's row first, which decisions hold until they are written, so nobody decides after this is
 * recorded.
 */
export function disableAccount(
  ctx: OperatorContext,
  {
    userId,
    ...revokes
  }: { userId: string; revokesKeys?: boolean | undefined; revokesShares?: boolean | undefined; reassignTo?: string | undefined },
): Promise<({ ok: true } & EndedWithAccount) | Refusal> {
  return inTransaction<({ ok: true } & EndedWithAccount) | Refusal>(ctx.db, async (tx) => {
    await tx.$executeRaw`
      SELECT FROM users u JOIN users one ON daai_person(one.email) = daai_person(u.email) WHERE one.id = ${userId}::uuid
      ORDER BY u.id FOR NO KEY UPDATE OF u`;
    const [disabled] = await tx.user.updateManyAndReturn({
      where: { id: userId, disabledAt: null },
      data: { disabledAt: await databaseNow(tx), sessionVersion: { increment: 1 } },
      select: { email: true },
    });
    if (!disabled) return refuse("not_found", "The account doesn’t exist or is already disabled.");
    const { email } = disabled;
    if (email === ctx.actor.email) rollBack(refuse("validation_failed", "You can’t disable your own account. Another operator can."));
    const ended: EndedWithAccount = { sessions: await endSessions(tx, { userId }), actions: 0, runs: 0, reassigned: 0, keys: 0, shares: 0 };
    await endAccountTokens(tx, userId);
    for (const workspaceId of await workspacesOf(tx, email)) {
      const inner = { ...ctx, workspaceId, db: tx };
      await lockMembers(inner);
      await passOwnershipOn(inner, userId);
      const { actions, runs, reassigned, keys, shares } = await endRights(inner, { email, reason: "disabled", ...revokes });
      ended.actions += actions;
      ended.runs += runs;
      ended.reassigned += reassigned;
      ended.keys += keys;
      ended.shares += shares;
    }
    await recordAuditEvent(withDb(ctx, tx), {
      verb: "user.disabled",
      subjectType: "user",
      subjectId: userId,
      data: { email, ended: { ...ended } },
    });
    return { ok: true, ...ended };
  });
}

/** Enables an account again, with its memberships. Approver lists have to be edited by hand. */
export function enableAccount(ctx: OperatorContext, { userId }: { userId: string }): Promise<{ ok: true } | Refusal> {
  return inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const [enabled] = await tx.user.updateManyAndReturn({
      where: { id: userId, disabledAt: { not: null } },
      data: { disabledAt: null },
      select: { email: true },
    });
    if (!enabled) return refuse("not_found", "The account doesn’t exist or is already enabled.");
    await recordAuditEvent(withDb(ctx, tx), {
      verb: "user.enabled",
      subjectType: "user",
      subjectId: userId,
      data: { email: enabled.email },
    });
    return { ok: true };
  });
}
