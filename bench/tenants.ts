import { disconnectDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { testSettings } from "@/lib/testing/test-settings";
import { makeHistory } from "@/scripts/admin/seed/history";
import { openWorld } from "@/scripts/admin/seed/seed-world";
import { showProgress } from "@/scripts/admin/seed/show-progress";
import { tidyUp, writeHistory } from "@/scripts/admin/seed/write-history";

export type Tenant = TestWorkspace;

/** As many as there are connections: each has its own row to lock. */
export const TENANTS = 32;

const LONG_SEED_RUNS = 100_000;

/** From here on this process's own queries and commands go to that database. */
export async function switchDatabase(url: string): Promise<void> {
  await disconnectDb();
  Object.assign(process.env, testSettings(url));
  resetEnvCache();
}

/** Owners without limits, each with a workspace and an equal part of a history of that many runs. */
export async function seedTenants(databaseUrl: string, runs: number): Promise<Tenant[]> {
  await switchDatabase(databaseUrl);
  const tenants: Tenant[] = [];
  const tell = runs >= LONG_SEED_RUNS ? showProgress(runs) : () => {};
  for (let index = 0; index < TENANTS; index++) {
    const tenant = await makeWorkspace();
    const before = Math.round((runs * index) / TENANTS);
    const until = Math.round((runs * (index + 1)) / TENANTS);
    const world = await openWorld(tenant.workspaceId, undefined);
    await writeHistory(makeHistory(world, { runs: until - before, seedNumber: index }), (done) => tell(before + done));
    tenants.push(tenant);
  }
  await tidyUp();
  return tenants;
}

export function keyHeaders({ apiKey, workspaceKey }: Tenant): Record<string, string> {
  return { authorization: `Bearer ${apiKey}`, "x-daai-workspace-key": workspaceKey };
}
