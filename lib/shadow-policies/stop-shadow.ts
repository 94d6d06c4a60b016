import type { z } from "zod";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { endShadow } from "@/lib/registered-actions/end-shadow";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeShadow } from "./change-shadow";
import { requireRunning } from "./require-running";
import type { shadowSchema } from "./schema";

/** Stops a shadow policy. What it has answered can still be compared. */
export function stopShadow(ctx: WorkspaceContext, { name, shadowId }: z.output<typeof shadowSchema>): Promise<{ ok: true } | Refusal> {
  return changeShadow<{ ok: true }>(ctx, name, async (inner, action) => {
    const running = await requireRunning(inner, { actionId: action.id, shadowId });
    if (!running.ok) return running;
    await endShadow(inner, action, "stopped");
    return { ok: true };
  });
}
