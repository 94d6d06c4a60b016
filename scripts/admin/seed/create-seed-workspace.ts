import { operatorContext } from "@/lib/auth/contexts";
import { withDb } from "@/lib/security/context";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { setLimits } from "@/lib/limits/set-limits";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace, type CreatedWorkspace } from "@/lib/workspaces/create-workspace";
import { requireOk } from "@/scripts/admin/command-error";

const OWNER = "seed@example.com";

/** A new workspace of an owner who is made if missing, without limits. */
export function createSeedWorkspace(): Promise<CreatedWorkspace> {
  return inTransaction(getDb(), async (tx) => {
    const ctx = withDb(operatorContext(null), tx);
    if (!(await tx.user.findUnique({ where: { email: OWNER } }))) requireOk(await createUser(ctx, { email: OWNER }));
    requireOk(await setLimits(ctx, { ownerEmail: OWNER, plan: "unlimited", overrides: {} }));
    return requireOk(await createWorkspace(ctx, { ownerEmail: OWNER, name: "Seeded history", clientName: "Example Ltd." }));
  });
}
