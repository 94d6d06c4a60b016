import type { PolicyVersion, RegisteredAction } from "@/lib/db/generated/client";
import { type Checked, checked } from "@/lib/domain/runs/checked-texts";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export type ActionWithPolicy = Checked<RegisteredAction> & { policy: Checked<PolicyVersion> };

/** The workspace's actions by name, inactive ones too, each with the version of its policy that decides now. */
export async function listActions(ctx: WorkspaceContext): Promise<ActionWithPolicy[]> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const actions = await db.registeredAction.findMany({ where: { workspaceId }, orderBy: { name: "asc" } });
  const policies = await db.policyVersion.findMany({
    where: { workspaceId, OR: actions.map(({ id, policyVersion }) => ({ actionId: id, version: policyVersion })) },
  });
  const byAction = new Map(policies.map((policy) => [policy.actionId, policy]));
  return actions.flatMap((action) => {
    const policy = byAction.get(action.id);
    return policy ? [{ ...checked(action), policy: checked(policy) }] : [];
  });
}

export async function getAction(ctx: WorkspaceContext, name: string): Promise<ActionWithPolicy | null> {
  await requirePermission(ctx, "action.read");
  const { workspaceId, db } = ctx;
  const action = await db.registeredAction.findUnique({ where: { workspaceId_name: { workspaceId, name } } });
  if (!action) return null;
  const policy = await db.policyVersion.findUniqueOrThrow({
    where: { actionId_version: { actionId: action.id, version: action.policyVersion } },
  });
  return { ...checked(action), policy: checked(policy) };
}
