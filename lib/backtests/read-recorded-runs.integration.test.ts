import { expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { firstIdAt } from "@/lib/domain/runs/first-id-at";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { makeAction, makeWorkspace, proposeOk } from "@/lib/testing/factories";
import { readsOf } from "@/lib/testing/reads-of";
import { recordedRunsQuery } from "./read-recorded-runs";

test("a page of recorded runs reads no more than a page, whatever the plan, however many there are", async () => {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund" });
  const template = (await proposeOk(workspace, { action: "refund", payload: { amount: 1 } })).action_run_id;
  // Of many other actions, too: a plan for any parameters then expects few runs of one.
  await getDb().$executeRaw`
    INSERT INTO action_runs
    SELECT (jsonb_populate_record(run, jsonb_build_object('id', uuidv7(n * interval '-1 second'), 'idempotency_key', NULL,
      'action_name', CASE WHEN n % 2 = 0 THEN 'refund' ELSE 'action_' || n END))).*
    FROM action_runs run, generate_series(1, 6000) n WHERE id = ${template}::uuid`;
  await getDb().$executeRaw`
    INSERT INTO api_keys
    SELECT (jsonb_populate_record(k, jsonb_build_object('id', gen_random_uuid(), 'key_hash', '\\x' || encode(sha256(n::text::bytea), 'hex')))).*
    FROM api_keys k, generate_series(1, 200) n WHERE k.id = (SELECT api_key_id FROM action_runs WHERE id = ${template}::uuid)`;
  await getDb().$executeRaw`ANALYZE action_runs, api_keys`;
  const range = { workspaceId: workspace.workspaceId, actionName: "refund", sinceId: firstIdAt(new Date(Date.now() - 90 * MINUTE_MS)) };
  const reads = await readsOf(recordedRunsQuery(range, { beforeId: firstIdAt(new Date(Date.now() - MINUTE_MS)), count: 50 }));
  for (const scans of [reads.custom, reads.generic]) {
    expect(scans.length).toBeGreaterThan(0);
    for (const { rows, removed } of scans) expect(rows + removed).toBeLessThanOrEqual(250);
  }
});
