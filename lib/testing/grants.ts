import { decideRun } from "@/lib/approvals/decide-run";
import { getDb } from "@/lib/db/client";
import { DAY_MS } from "@/lib/domain/time/units";
import { grantInputSchema, type TypedGrant } from "@/lib/grants/schema";
import { expectOk, proposeOk, type TestWorkspace } from "./factories";

export const GRANTED_PAYLOAD = { amount: "120.00", currency: "EUR", supplier: { id: "S-17", name: "Acme Paper" }, iban: "DE02 1203" };

/** Up to 500 EUR each and 2,000 in all, ten times, for the same supplier. */
export function typedGrant(different: Partial<TypedGrant> = {}): TypedGrant {
  return { facts: ["payload.supplier.id"], amountEach: "500", total: "2000", maxUses: 10, until: dayFromNow(3), ...different };
}

export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Proposes a run that is asked about, and approves it and the same. Returns the grant's id. */
export async function giveGrant(
  workspace: TestWorkspace,
  {
    action,
    payload = GRANTED_PAYLOAD,
    ctx = workspace.ctx,
    ...different
  }: Partial<TypedGrant> & {
    action: string;
    payload?: Parameters<typeof proposeOk>[1]["payload"];
    ctx?: Parameters<typeof decideRun>[0];
  },
): Promise<string> {
  const { action_run_id: runId } = await proposeOk(workspace, { action, payload });
  expectOk(await decideRun(ctx, { runId, decision: "approve", comment: null, grant: grantInputSchema.parse(typedGrant(different)) }));
  return (await getDb().standingGrant.findFirstOrThrow({ where: { runId } })).id;
}

/** What its ledger says is used, and how many runs it allowed by their receipts. The two are the same. */
export async function grantSums(grantId: string): Promise<{ uses: number; used: string; runs: number }> {
  const [row] = await getDb().$queryRaw<{ uses: number; used: string; runs: number }[]>`
    SELECT count(u.run_id)::int AS uses, trim_scale(coalesce(sum(u.amount), 0))::text AS used,
      (SELECT count(*)::int FROM receipts r WHERE r.workspace_id = g.workspace_id AND r.kind = 'decision'
        AND r.body::jsonb->'grant'->>'grant_id' = g.id::text) AS runs
    FROM standing_grants g LEFT JOIN grant_uses u ON u.grant_id = g.id WHERE g.id = ${grantId}::uuid GROUP BY g.id`;
  if (!row) throw new Error("No such grant.");
  return row;
}
