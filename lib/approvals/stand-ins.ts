import type { Db } from "@/lib/db/transaction";
import { PERMISSIONS } from "@/lib/domain/access/permissions";

export interface StandIn {
  /** The absent approver. */
  readonly email: string;
  readonly until: Date;
  /** Who is asked in their place. */
  readonly colleague: string;
}

/**
 * Returns which of these people are away now, and who stands in for them. A stand-in needs a deciding role in this workspace, so that
 * approvals stay with people it trusts. An absence applies only to addresses the absent person has verified, or to members.
 */
export function findStandIns(tx: Db, workspaceId: string, emails: readonly string[]): Promise<StandIn[]> {
  return tx.$queryRaw<StandIn[]>`
    SELECT absent.email, absence.ends_at AS until, colleague.email AS colleague
    FROM users absent
    JOIN absences absence ON absence.user_id = absent.id AND absence.starts_at <= clock_timestamp() AND absence.ends_at > clock_timestamp()
    JOIN users colleague ON colleague.id = absence.colleague_id
    JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.user_id = colleague.id AND m.role = ANY(${[...PERMISSIONS["run.decide"]]}::text[])
    WHERE absent.email = ANY(${[...emails]}::text[]) AND (
      absent.email_verified_at IS NOT NULL
      OR EXISTS (SELECT FROM members own WHERE own.workspace_id = ${workspaceId}::uuid AND own.user_id = absent.id))
    ORDER BY absent.email`;
}
