import { getEnv } from "@/lib/env";
import { FOREVER, readCount } from "@/lib/limits/count-up";
import { limitsOfOwner } from "@/lib/limits/limits-of-owner";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface ActionDefaults {
  /** Who is asked when an action names no approvers. */
  approverEmails: string[];
  /** Whether they are the workspace's approvers; otherwise it is its owner. */
  isRoutedByWorkspace: boolean;
  /** The names of the workspace's groups of members. */
  groups: string[];
  /** The workspace's escalation contacts, and after which percentage of the window they are asked. */
  escalationEmails: string[];
  escalationPercent: number;
  /** The time to decide when an action sets none. */
  windowMinutes: number;
  activeActions: number;
  /** null: unlimited. */
  activeActionsLimit: number | null;
  /** Whose limit it is. */
  ownerId: string;
}

/** What holds for every action of the workspace that does not say otherwise, and how many more it may have. */
export async function getActionDefaults(ctx: WorkspaceContext): Promise<ActionDefaults> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, include: { owner: true } });
  const isRoutedByWorkspace = workspace.approverEmails.length > 0;
  return {
    approverEmails: isRoutedByWorkspace ? workspace.approverEmails : [workspace.owner.email],
    isRoutedByWorkspace,
    groups: (await db.approverGroup.findMany({ where: { workspaceId }, select: { name: true }, orderBy: { name: "asc" } })).map(
      ({ name }) => name,
    ),
    escalationEmails: workspace.escalationEmails,
    escalationPercent: workspace.escalationPercent,
    windowMinutes: workspace.approvalWindowMinutes ?? getEnv().DAAI_APPROVAL_WINDOW_MINUTES,
    activeActions: await readCount(db, "active_actions", workspaceId, FOREVER),
    activeActionsLimit: limitsOfOwner(workspace.owner).limits.activeActionsPerWorkspace,
    ownerId: workspace.ownerId,
  };
}
