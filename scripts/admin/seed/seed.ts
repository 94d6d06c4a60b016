import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { setLimits } from "@/lib/limits/set-limits";
import { withDb } from "@/lib/security/context";
import { createUser } from "@/lib/users/create-user";
import { type CreatedWorkspace, createWorkspace } from "@/lib/workspaces/create-workspace";
import { requireOk } from "@/scripts/admin/command-error";
import { makeHistory } from "./history";
import { openWorld } from "./seed-world";
import { tidyUp, writeHistory } from "./write-history";

const OWNER = "seed@example.com";

export interface SeedOptions {
  readonly runs: number;
  /** Unset: a new workspace. */
  readonly workspaceId?: string | undefined;
  readonly seedNumber: number;
  /** The history's end; unset: now. */
  readonly until?: Date | undefined;
}

export interface Seeded {
  readonly workspaceId: string;
  /** Those of a new workspace, this one time. */
  readonly keys: { readonly workspaceKey: string; readonly apiKey: string } | null;
  readonly receipts: number;
  readonly durationMs: number;
}

/**
 * Writes a made-up history. It is the past: nothing of it counts towards a limit, waits in the job queue, or is announced
 * to anyone. Throws a CommandError.
 */
export async function seed({ runs, workspaceId, seedNumber, until }: SeedOptions, onProgress: (runs: number) => void): Promise<Seeded> {
  const startedAtMs = performance.now();
  const created = workspaceId === undefined ? await createSeedWorkspace() : null;
  const world = await openWorld(created?.workspaceId ?? workspaceId ?? "", until);
  const receipts = await writeHistory(makeHistory(world, { runs, seedNumber }), onProgress);
  await tidyUp();
  return { workspaceId: world.workspaceId, keys: created, receipts, durationMs: Math.round(performance.now() - startedAtMs) };
}

/** A new workspace of an owner who is made if missing, without limits. */
function createSeedWorkspace(): Promise<CreatedWorkspace> {
  return inTransaction(getDb(), async (tx) => {
    const ctx = withDb(operatorContext(null), tx);
    if (!(await tx.user.findUnique({ where: { email: OWNER } }))) requireOk(await createUser(ctx, { email: OWNER }));
    requireOk(await setLimits(ctx, { ownerEmail: OWNER, plan: "unlimited", overrides: {} }));
    return requireOk(await createWorkspace(ctx, { ownerEmail: OWNER, name: "Seeded history", clientName: "Example Ltd." }));
  });
}
