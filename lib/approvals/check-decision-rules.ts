import { refuseFrozenApproval } from "@/lib/action-runs/status/refuse-frozen";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import type { Decision } from "@/lib/domain/runs/statuses";
import { refuseInactiveAction } from "@/lib/registered-actions/refuse-inactive-action";
import type { WorkspaceContext } from "@/lib/security/context";

interface Rules {
  name: string;
  is_active: boolean;
  requires_reject_comment: boolean;
  requires_four_eyes: boolean;
  key_created_by: string;
}

/**
 * Checks the action's rules for a decision: an approval needs an active action, nothing frozen and, with four eyes, another
 * person; a rejection may need a
 * reason. A decided run needs no check. Locks the action against edits until the decision commits, so that a rule just switched on applies.
 */
export async function checkDecisionRules(
  ctx: WorkspaceContext,
  answer: { runId: string; decision: Decision; decidedBy: string; comment: string | null },
): Promise<Refusal | null> {
  const { workspaceId, db } = ctx;
  const [rules] = await db.$queryRaw<Rules[]>`
    SELECT action.name, action.is_active, action.requires_reject_comment, action.requires_four_eyes, key.created_by AS key_created_by
    FROM action_runs run
    JOIN registered_actions action ON action.id = run.action_id
    JOIN api_keys key ON key.id = run.api_key_id
    WHERE run.id = ${answer.runId}::uuid AND run.workspace_id = ${workspaceId}::uuid
      AND run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, clock_timestamp())
    FOR SHARE OF action`;
  if (!rules) return null;
  if (answer.decision === "reject" && rules.requires_reject_comment && (answer.comment ?? "").trim() === "") return refuseSilentRejection();
  if (answer.decision !== "approve") return null;
  const frozen = await refuseFrozenApproval(ctx, answer.runId);
  if (frozen) return frozen;
  if (!rules.is_active) return refuseInactiveAction(rules.name);
  if (rules.requires_four_eyes && isSamePerson(rules.key_created_by, answer.decidedBy)) return refuseOwnProposal();
  return null;
}

function refuseSilentRejection(): Refusal {
  const message = "Add a comment. This action requires one when you reject.";
  return refuseField("comment", message);
}

function refuseOwnProposal(): Refusal {
  return refuse(
    "four_eyes",
    "This run was proposed with a key you created, so someone else must approve it. You can still reject or block it.",
  );
}
