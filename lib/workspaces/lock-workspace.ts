import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import type { WorkspaceContext } from "@/lib/security/context";

export interface LockedWorkspace {
  name: string;
  client_name: string;
  owner_id: string;
  approver_emails: string[];
  approval_window_minutes: number | null;
  escalation_emails: string[];
  escalation_percent: number;
  reminds_at_half: boolean;
  reminds_near_end: boolean;
}

/** Locks the workspace until the open transaction ends, so that changes run in sequence, each with a true before and after. */
export async function lockWorkspace({ workspaceId, db }: WorkspaceContext): Promise<LockedWorkspace | null> {
  const [workspace] = await db.$queryRaw<LockedWorkspace[]>`
    SELECT name, client_name, owner_id, approver_emails, approval_window_minutes,
      escalation_emails, escalation_percent, reminds_at_half, reminds_near_end
    FROM workspaces WHERE id = ${workspaceId}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`;
  return workspace ?? null;
}

export function refuseUnknownWorkspace(): Refusal {
  return refuse("not_found", "This workspace no longer exists.");
}
