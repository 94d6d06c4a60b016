import { withDb, type WorkspaceContext } from "@/lib/security/context";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { requireOk } from "@/scripts/admin/command-error";
import { CATALOGUE } from "./catalogue";

/** Registers every action of the catalogue, or none. */
export async function registerCatalogue(ctx: WorkspaceContext): Promise<void> {
  const outcome = await inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    for (const { settings, isRetired } of CATALOGUE) {
      const registered = await registerAction(inner, settings);
      if (!registered.ok) return rollBack(registered);
      if (isRetired) await setActionActive(inner, { name: settings.name, isActive: false });
    }
    return { ok: true };
  });
  requireOk(outcome);
}
