import { v7 as uuidv7 } from "uuid";
import type { WorkspaceContext } from "@/lib/security/context";
import type { ActionSettings } from "./schema";

/** Appends a version; versions are never changed. */
export async function writePolicyVersion(
  ctx: WorkspaceContext,
  { actionId, version, policy }: { actionId: string; version: number; policy: ActionSettings["policy"] },
): Promise<void> {
  const { type: policyType, ...rest } = policy;
  const createdBy = "email" in ctx.actor ? (ctx.actor.email ?? ctx.actor.type) : ctx.actor.type;
  await ctx.db.policyVersion.create({
    data: { id: uuidv7(), workspaceId: ctx.workspaceId, actionId, version, policyType, ...rest, createdBy },
  });
}
