import { getEnv } from "@/lib/env";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface WorkspaceSettings {
  name: string;
  clientName: string;
  ownerEmail: string;
  approverEmails: string[];
  approvalWindowMinutes: number | null;
  escalationEmails: string[];
  escalationPercent: number;
  remindsAtHalf: boolean;
  remindsNearEnd: boolean;
  thawNeedsAnotherPerson: boolean;
  policyChangeNeedsAnotherPerson: boolean;
  /** The default when the workspace sets no window. */
  consoleWindowMinutes: number;
  createdAt: Date;
  /** Pending runs, which are blocked when the workspace is deleted. */
  runsWaiting: number;
}

export async function getWorkspaceSettings(ctx: WorkspaceContext): Promise<WorkspaceSettings> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "run.read");
  const { owner, ...workspace } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: {
      name: true,
      clientName: true,
      approverEmails: true,
      approvalWindowMinutes: true,
      createdAt: true,
      owner: { select: { email: true } },
      escalationEmails: true,
      escalationPercent: true,
      remindsAtHalf: true,
      remindsNearEnd: true,
      thawNeedsAnotherPerson: true,
      policyChangeNeedsAnotherPerson: true,
    },
  });
  const runsWaiting = await db.actionRun.count({ where: { workspaceId, governanceStatus: "pending_approval" } });
  return { ...workspace, ownerEmail: owner.email, consoleWindowMinutes: getEnv().DAAI_APPROVAL_WINDOW_MINUTES, runsWaiting };
}
