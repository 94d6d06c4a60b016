import type { ActionProposal } from "@/lib/contract/manage-actions";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** A proposal as the management API shows it to whoever has just made it. */
export async function getActionProposal(ctx: WorkspaceContext, { name, id }: { name: string; id: string }): Promise<ActionProposal> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const { proposedBy, createdAt } = await db.policyProposal.findFirstOrThrow({ where: { workspaceId, id } });
  return { action: name, proposal_id: id, status: "pending", proposed_by: proposedBy, proposed_at: createdAt.toISOString() };
}
