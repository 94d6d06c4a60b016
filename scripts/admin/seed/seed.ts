import { createSeedWorkspace } from "./create-seed-workspace";
import { makeHistory } from "./history";
import { openWorld } from "./seed-world";
import { tidyUp, writeHistory } from "./write-history";

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
 * to anybody. Throws a CommandError.
 */
export async function seed({ runs, workspaceId, seedNumber, until }: SeedOptions, onProgress: (runs: number) => void): Promise<Seeded> {
  const startedAtMs = performance.now();
  const created = workspaceId === undefined ? await createSeedWorkspace() : null;
  const world = await openWorld(created?.workspaceId ?? workspaceId ?? "", until);
  const receipts = await writeHistory(makeHistory(world, { runs, seedNumber }), onProgress);
  await tidyUp();
  return { workspaceId: world.workspaceId, keys: created, receipts, durationMs: Math.round(performance.now() - startedAtMs) };
}
