import type { OperatorContext, WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** For queries that the operator may also ask across workspaces. Throws NotPermitted. */
export async function requireRunRead(ctx: WorkspaceContext | OperatorContext): Promise<void> {
  const { workspaceId } = ctx;
  if (workspaceId !== null) await requirePermission({ ...ctx, workspaceId }, "run.read");
}
