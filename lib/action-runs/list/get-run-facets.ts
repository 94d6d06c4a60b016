import type { MemberContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";

export interface RunFacets {
  readonly actions: readonly string[];
  readonly actors: readonly string[];
  readonly currencies: readonly string[];
}

const LOOKED_AT = 2000;

/** Returns the filter's choices: every registered action, and the values of the newest runs. */
export async function getRunFacets(ctx: MemberContext): Promise<RunFacets> {
  await requirePermission(ctx, "run.read");
  const [found] = await ctx.db.$queryRaw<{ actions: string[] | null; actors: string[] | null; currencies: string[] | null }[]>`
    WITH newest AS MATERIALIZED (SELECT action_name, actor, currency FROM action_runs
      WHERE workspace_id = ${ctx.workspaceId}::uuid ORDER BY id DESC LIMIT ${LOOKED_AT})
    SELECT
      ARRAY(SELECT action_name FROM newest UNION SELECT name FROM registered_actions WHERE workspace_id = ${ctx.workspaceId}::uuid ORDER BY 1) AS actions,
      ARRAY(SELECT DISTINCT actor FROM newest WHERE actor IS NOT NULL ORDER BY 1 LIMIT 100) AS actors,
      ARRAY(SELECT DISTINCT currency FROM newest WHERE currency IS NOT NULL ORDER BY 1 LIMIT 50) AS currencies`;
  return { actions: found?.actions ?? [], actors: found?.actors ?? [], currencies: found?.currencies ?? [] };
}
