import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import { type SeenField, seenFields } from "@/lib/domain/policy/rules/seen-fields";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

const NEWEST_RUNS = 20;

/** The payload fields of an action's newest runs, for whoever writes its rules. Erased runs have none. Reads one index in its order. */
export async function listSeenFields(ctx: WorkspaceContext, actionName: string): Promise<SeenField[]> {
  await requirePermission(ctx, "action.manage");
  const runs = await ctx.db.$queryRaw<{ payload: string | null }[]>`
    SELECT r.payload_text AS payload FROM action_runs r
    WHERE r.workspace_id = ${ctx.workspaceId}::uuid AND r.action_name = ${actionName} ORDER BY r.id DESC LIMIT ${NEWEST_RUNS}`;
  return seenFields(runs.flatMap(({ payload }) => (payload === null ? [] : readPayload(payload))));
}

function readPayload(text: string): JsonObject[] {
  const payload: unknown = JSON.parse(text);
  return isJsonObject(payload) ? [payload] : [];
}
