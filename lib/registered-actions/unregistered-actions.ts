import type { JsonObject } from "@/lib/domain/json-value";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

/** The largest payload that is filled in as a sample: more than anyone edits by hand. */
const MAX_SAMPLE_LENGTH = 20_000;

/** What an agent proposed without the action being registered, as the start of registering it. */
export interface UnregisteredAction {
  readonly name: string;
  /** null: erased, or too long for a sample. */
  readonly payload: JsonObject | null;
}

/** Null for a run of another workspace, of an action that is registered by now, and for one that was blocked for another reason. */
export async function getUnregisteredAction(ctx: WorkspaceContext, runId: string): Promise<UnregisteredAction | null> {
  await requirePermission(ctx, "action.read");
  await requirePermission(ctx, "run.read");
  const run = await ctx.db.actionRun.findFirst({
    where: { id: runId, workspaceId: ctx.workspaceId, governanceReason: "unknown_action" },
    select: { actionName: true, payloadText: true },
  });
  if (!run || (await listUnregistered(ctx, [run.actionName])).length === 0) return null;
  const isSample = run.payloadText !== null && run.payloadText.length <= MAX_SAMPLE_LENGTH;
  return { name: run.actionName, payload: isSample ? (JSON.parse(run.payloadText ?? "{}") as JsonObject) : null };
}

/** Those of the names that no action of the workspace has. */
export async function listUnregistered(ctx: WorkspaceContext, names: readonly string[]): Promise<string[]> {
  await requirePermission(ctx, "action.read");
  if (names.length === 0) return [];
  const registered = await ctx.db.registeredAction.findMany({
    where: { workspaceId: ctx.workspaceId, name: { in: [...names] } },
    select: { name: true },
  });
  const taken = new Set(registered.map(({ name }) => name));
  return [...new Set(names)].filter((name) => !taken.has(name));
}
