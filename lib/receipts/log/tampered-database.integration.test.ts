import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { type Db, inTransaction, rollBack } from "@/lib/db/transaction";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { withDb } from "@/lib/security/context";
import { makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { LOG_SIZE, type TamperingStep, waysToTamper } from "@/lib/testing/receipt-log/log-tamperings";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { getLogKeys } from "./log-keys";
import { nodeCheck } from "./node-check";
import { openLog } from "./open-log";
import { verifyStoredLog } from "./verify-stored-log";

const TABLES = ["receipts", "receipt_places", "waiting_receipts", "receipt_logs", "receipt_log_tiles", "receipt_checkpoints"];
const TAMPERINGS = proofSize(40, 1000);

let workspace: TestWorkspace;
/** What someone outside has kept. */
let kept: string;
let another: string;

beforeAll(async () => {
  workspace = await makeWorkspace();
  // Whoever owns the database is held by no trigger and no constraint.
  await getDb().$executeRaw`ALTER TABLE receipts DROP CONSTRAINT receipts_leaf_hash, DROP CONSTRAINT receipts_run`;
  await getDb().$executeRaw`
    INSERT INTO receipts (id, workspace_id, kind, body, leaf_hash, created_at)
    SELECT id, ${workspace.workspaceId}::uuid, 'decision', body, sha256('\\x00'::bytea || convert_to(body, 'UTF8')), now()
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, ${LOG_SIZE})) made,
      LATERAL (SELECT json_build_object('kind', 'decision', 'outcome', 'allowed', 'receipt_id', id, 'workspace_id', ${workspace.workspaceId}::text)::text AS body) text`;
  for (const limit of [100, 150, 50]) expect(await sequence(getDb(), limit)).toBe(limit);
  kept = (await getDb().receiptCheckpoint.findFirstOrThrow({ where: { size: 250 } })).note;
  for (const table of TABLES) await getDb().$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  ({ workspaceId: another } = await makeWorkspace());
});

const sequence = (db: Db, limit?: number) => sequenceReceipts(withDb(systemContext(workspace.workspaceId), db), limit);
const sql = (text: string) => (db: Db) => db.$executeRawUnsafe(text);

async function verifyExport(db: Db): Promise<string> {
  try {
    const log = await openLog(withDb(workspace.ctx, db));
    if (!log) return "There is no log.";
    const parts: Uint8Array[] = [];
    for await (const part of log.archive()) parts.push(part);
    const { problems } = await verifyEvidence(nodeCheck, (await getLogKeys()).keys, new Uint8Array(Buffer.concat(parts)), [kept]);
    return problems.join("\n");
  } catch (error) {
    return String(error);
  }
}

async function verifyBoth(steps: readonly TamperingStep[]): Promise<{ inside: string; outside: string }> {
  return inTransaction(getDb(), async (tx) => {
    for (const step of steps) await (typeof step === "string" ? sql(step) : step)(tx);
    const inside = (await verifyStoredLog(withDb(workspace.ctx, tx)))?.problems.join("\n") ?? "There is no log.";
    return rollBack({ inside, outside: await verifyExport(tx) });
  });
}

test("whatever the owner of the database does to the log is noticed, and said", { timeout: proofSize(240_000, 1_200_000) }, async () => {
  expect(await verifyBoth([])).toEqual({ inside: "", outside: "" });
  const ways = waysToTamper({ workspaceId: workspace.workspaceId, another, sequence });
  const found: Record<string, number> = {};
  const place = fc.nat(249);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(ways)), place, place, async (way, at, to) => {
      fc.pre(at !== to);
      const { steps, inside, outside } = ways[way]?.(at, to) ?? { steps: [], inside: null, outside: null };
      const said = await verifyBoth(steps);
      expect([way, said.inside]).toEqual([way, inside ? expect.stringMatching(inside) : ""]);
      expect([way, said.outside]).toEqual([way, outside ? expect.stringMatching(outside) : ""]);
      found[way] = (found[way] ?? 0) + 1;
    }),
    { numRuns: TAMPERINGS, examples: Object.keys(ways).map((way): [string, number, number] => [way, 7, 200]) },
  );
  printFigures("Tampering with the database", { tamperings: TAMPERINGS, ways: Object.keys(found).length, unnoticed: 0 });
});
