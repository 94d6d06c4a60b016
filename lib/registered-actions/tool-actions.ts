import { inTransaction, rollBack } from "@/lib/db/transaction";
import type { JsonValue } from "@/lib/domain/json-value";
import { suggestActionTitle } from "@/lib/domain/policy/suggest-action-title";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { type ToolAction, toolActionsIn } from "@/lib/domain/runs/tool-actions";
import type { ToolPolicy } from "@/lib/domain/runs/tool-policies";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { registerAction } from "./register-action";
import { listUnregistered } from "./unregistered-actions";

export interface ListedToolAction extends ToolAction {
  readonly isRegistered: boolean;
}

/** The actions that a payload names for tools, as a gateway does that asks people to accept them, and which of them the workspace has. */
export async function listToolActions(ctx: WorkspaceContext, payload: JsonValue): Promise<ListedToolAction[]> {
  const actions = toolActionsIn(payload);
  const names = actions.map(({ name }) => name);
  const missing = new Set(await listUnregistered(ctx, names));
  return actions.map((action) => ({ ...action, isRegistered: !missing.has(action.name) }));
}

/** Registers actions of the tools that a run asks people to accept, all or none. Those whose names are taken stay as they are. */
export function registerToolActions(
  ctx: WorkspaceContext,
  { runId, policies }: { runId: string; policies: Readonly<Record<string, ToolPolicy>> },
): Promise<{ ok: true; added: string[] } | Refusal> {
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    await requirePermission(inner, "action.manage");
    await requirePermission(inner, "run.read");
    const run = await tx.actionRun.findFirst({ where: { id: runId, workspaceId: ctx.workspaceId }, select: { payloadText: true } });
    const asked = run?.payloadText ? toolActionsIn(JSON.parse(run.payloadText) as JsonValue) : [];
    const unknown = Object.keys(policies).find((name) => !asked.some((action) => action.name === name));
    if (unknown !== undefined)
      return refuseField("policies", `The run has no tool whose action is ${unknown}. It may have been erased: reload.`);
    const added = await listUnregistered(inner, Object.keys(policies));
    for (const name of added) {
      const type = policies[name] ?? "always_require_approval";
      const registered = await registerAction(inner, { name, title: suggestActionTitle(name), policy: { type } });
      if (!registered.ok) return rollBack(registered);
    }
    return { ok: true, added };
  });
}
