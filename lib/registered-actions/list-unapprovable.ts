import { Prisma } from "@/lib/db/generated/client";
import { DECIDERS } from "@/lib/domain/access/permissions";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import type { UnapprovableAction } from "@/lib/words/unapprovable-messages";

/** Whom the action, or else the workspace, names as escalation contacts. */
const escalation = Prisma.sql`CASE WHEN action.escalation_emails = '{}' THEN w.escalation_emails ELSE action.escalation_emails END`;

/** Of the workspace's active actions, or of one: those that wait for other people than whoever made the key, where there are too few. By name. */
export async function listUnapprovable(ctx: WorkspaceContext, name: string | null = null): Promise<UnapprovableAction[]> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  return db.$queryRaw<UnapprovableAction[]>`
    SELECT action.name, min(key.created_by) AS maker
    FROM registered_actions action
    JOIN workspaces w ON w.id = action.workspace_id
    JOIN policy_versions policy ON policy.action_id = action.id AND policy.version = action.policy_version
    JOIN api_keys key ON key.workspace_id = w.id AND key.kind = 'api' AND key.revoked_at IS NULL
      AND (key.expires_at IS NULL OR key.expires_at > clock_timestamp())
    WHERE w.id = ${workspaceId}::uuid AND action.is_active AND action.requires_four_eyes
      AND policy.policy_type IN ('always_require_approval', 'require_approval_above_amount')
      AND (${name}::text IS NULL OR action.name = ${name})
      AND NOT CASE WHEN action.approvals = 1 AND action.later_stages = '[]'
        THEN daai_has_second_eyes(w.id,
          CASE WHEN action.approver_emails = '{}' THEN w.approver_emails ELSE action.approver_emails END || ${escalation}, key.created_by, ${DECIDERS})
        ELSE daai_has_enough_eyes(w.id,
          jsonb_build_array(jsonb_build_object('approvals', action.approvals, 'people', action.approver_emails)) || action.later_stages,
          ${escalation}, ARRAY[key.created_by]) END
    GROUP BY action.name, daai_person(key.created_by) ORDER BY action.name, maker`;
}
