import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { type Db, inTransaction, rollBack } from "@/lib/db/transaction";
import { parseSignedNote, signedNoteText } from "@/lib/domain/log/signed-note";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { withDb } from "@/lib/security/context";
import { makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { getLogKeys, signerOf } from "./log-keys";
import { nodeCheck } from "./node-check";
import { openLog } from "./open-log";
import { verifyStoredLog } from "./verify-stored-log";

const SIZE = 300;
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
    FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, ${SIZE})) made,
      LATERAL (SELECT json_build_object('kind', 'decision', 'outcome', 'allowed', 'receipt_id', id, 'workspace_id', ${workspace.workspaceId}::text)::text AS body) text`;
  for (const limit of [100, 150, 50]) expect(await sequence(getDb(), limit)).toBe(limit);
  kept = (await getDb().receiptCheckpoint.findFirstOrThrow({ where: { size: 250 } })).note;
  for (const table of TABLES) await getDb().$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  ({ workspaceId: another } = await makeWorkspace());
});

const sequence = (db: Db, limit?: number) => sequenceReceipts(withDb(systemContext(workspace.workspaceId), db), limit);
const sql = (text: string) => (db: Db) => db.$executeRawUnsafe(text);
const hashed = "sha256('\\x00'::bytea || convert_to(body, 'UTF8'))";
const idAt = (place: number | string) => `(SELECT receipt_id FROM receipt_places WHERE log_index = ${place})`;
const edited = (at: number) => [
  `UPDATE receipts SET body = replace(body, 'allowed', 'blocked') WHERE id = ${idAt(at)}`,
  `UPDATE receipts SET leaf_hash = ${hashed} WHERE id = ${idAt(at)}`,
];
const deleted = (at: number) => [`DELETE FROM receipts WHERE id = ${idAt(at)}`, `DELETE FROM receipt_places WHERE log_index = ${at}`];
const placed = (from: number, to: number) => `UPDATE receipt_places SET log_index = ${to} WHERE log_index = ${from}`;
const swappedTexts = (at: number, to: number) => `
  UPDATE receipts r SET body = other.body, leaf_hash = other.leaf_hash FROM receipts other WHERE (r.id, other.id) IN ((${idAt(at)}, ${idAt(to)}), (${idAt(to)}, ${idAt(at)}))`;
const idOf = (number: number) => `'00000000-0000-7000-8000-${String(number).padStart(12, "0")}'::uuid`;
const written = (number: number) => `
  INSERT INTO receipts (id, workspace_id, kind, body, leaf_hash, created_at)
  SELECT id, workspace_id, 'decision', body, ${hashed}, now() FROM (
    SELECT ${idOf(number)} AS id, r.workspace_id, replace(r.body, r.id::text, ${idOf(number)}::text) AS body FROM receipts r WHERE id = ${idAt("(SELECT max(log_index) FROM receipt_places)")}) forged`;
const inserted = (index: number, number: number) => [
  written(number),
  `INSERT INTO receipt_places (receipt_id, workspace_id, log_index) VALUES (${idOf(number)}, '${workspace.workspaceId}', ${index})`,
];
const moved = (from: number, by: number) => [
  `UPDATE receipt_places SET log_index = -log_index - 1 WHERE log_index >= ${from}`,
  `UPDATE receipt_places SET log_index = -log_index - 1 + ${by} WHERE log_index < 0`,
];
const flipped = (bytes: string, at: number) =>
  `set_byte(${bytes}, ${at} % octet_length(${bytes}), get_byte(${bytes}, ${at} % octet_length(${bytes})) # 1)`;

/** The log as if it had always been so: every hash again, with a true signature over it. */
const rebuilt = (...changes: string[]) => [
  ...changes,
  ...["receipt_checkpoints", "receipt_log_tiles", "receipt_logs", "receipt_places"].map((table) => `DELETE FROM ${table}`),
  "INSERT INTO waiting_receipts (workspace_id, receipt_id) SELECT workspace_id, id FROM receipts",
  sequence,
];

type Step = string | ((db: Db) => Promise<unknown>);
interface Tampering {
  readonly steps: readonly Step[];
  /** What the operator's check says; null: it cannot know, as all that is inside fits together. */
  readonly inside: RegExp | null;
  /** What a verifier says of an export, with the checkpoint that was kept; null: the export is as it was. */
  readonly outside: RegExp | null;
}

const NOT_THE_SIGNED = /not the one that was recorded|not the ones that were signed/;
const MISSING = /are missing|are incomplete|has a gap/;
const REWRITTEN = /was rewritten|shrank/;

const WAYS: Readonly<Record<string, (at: number, to: number) => Tampering>> = {
  "edits a text": (at) => ({ steps: edited(at).slice(0, 1), inside: NOT_THE_SIGNED, outside: NOT_THE_SIGNED }),
  "edits a text and its hash": (at) => ({
    steps: edited(at),
    inside: /not the ones that were signed/,
    outside: /not the ones that were signed/,
  }),
  "edits a hash": (at, to) => ({
    steps: [`UPDATE receipts SET leaf_hash = ${flipped("leaf_hash", to)} WHERE id = ${idAt(at)}`],
    inside: NOT_THE_SIGNED,
    outside: NOT_THE_SIGNED,
  }),
  "deletes a receipt": (at) => ({ steps: deleted(at).slice(0, 1), inside: MISSING, outside: MISSING }),
  "deletes a receipt and closes the gap": (at) => ({ steps: [...deleted(at), ...moved(at + 1, -1)], inside: MISSING, outside: MISSING }),
  "takes a place away": (at) => ({ steps: deleted(at).slice(1), inside: MISSING, outside: MISSING }),
  "keeps a receipt out of the log": (at) => ({ steps: [written(at)], inside: /Left out of the log, .+: 1 of/, outside: null }),
  "deletes a receipt that waits": (at) => ({
    steps: [`INSERT INTO waiting_receipts VALUES ('${workspace.workspaceId}', ${idOf(at)})`],
    inside: /Missing, although queued .+: 1 of/,
    outside: null,
  }),
  "swaps two receipts": (at, to) => ({
    steps: [placed(at, -1), placed(to, at), placed(-1, to)],
    inside: NOT_THE_SIGNED,
    outside: NOT_THE_SIGNED,
  }),
  "swaps two texts": (at, to) => ({
    steps: [swappedTexts(at, to)],
    inside: /stored as a receipt other than|not the ones that were signed/,
    outside: NOT_THE_SIGNED,
  }),
  "slips a receipt in": (at, to) => ({ steps: [...moved(at, 1), ...inserted(at, to)], inside: NOT_THE_SIGNED, outside: NOT_THE_SIGNED }),
  "appends a receipt": (at) => ({ steps: inserted(SIZE, at), inside: /made entry 301, but only 300 were signed/, outside: null }),
  "says that a receipt is of another kind": (at) => ({
    steps: [`UPDATE receipts SET kind = 'execution' WHERE id = ${idAt(at)}`],
    inside: /stored as a receipt other than/,
    outside: null,
  }),
  "gives a receipt to another workspace": (at) => ({
    steps: [`UPDATE receipts SET workspace_id = '${another}' WHERE id = ${idAt(at)}`],
    inside: MISSING,
    outside: MISSING,
  }),
  "edits a tile": (at) => ({
    steps: [`UPDATE receipt_log_tiles SET hashes = ${flipped("hashes", at)}`],
    inside: /tile\/1.+ was changed/,
    outside: /tile\/1.+ was changed/,
  }),
  "deletes a tile": () => ({ steps: ["DELETE FROM receipt_log_tiles"], inside: MISSING, outside: MISSING }),
  "edits the signed text": () => ({
    steps: [`UPDATE receipt_checkpoints SET note = replace(note, E'\\n300\\n', E'\\n301\\n') WHERE size = 300`],
    inside: /changed after it was signed/,
    outside: /changed after it was signed/,
  }),
  "edits the signature": () => ({
    steps: [`UPDATE receipt_checkpoints SET note = overlay(note placing 'AAAA' from length(note) - 30) WHERE size = 300`],
    inside: /changed after it was signed|cannot be read/,
    outside: /changed after it was signed|cannot be read/,
  }),
  "edits an earlier checkpoint": () => ({
    steps: [`UPDATE receipt_checkpoints SET note = replace(note, E'\\n100\\n', E'\\n99\\n') WHERE size = 100`],
    inside: /checkpoint you kept: .+changed after it was signed/,
    outside: null,
  }),
  "edits a checkpoint's row": (at) => ({
    steps: [`UPDATE receipt_checkpoints SET root_hash = ${flipped("root_hash", at)} WHERE size = 250`],
    inside: /checkpoint of 250 receipts was changed/,
    outside: null,
  }),
  "puts an older checkpoint into the place of the newest": () => ({
    steps: ["UPDATE receipt_checkpoints SET note = (SELECT note FROM receipt_checkpoints WHERE size = 100) WHERE size = 300"],
    inside: /shrank|row does not match/,
    outside: /shrank/,
  }),
  "deletes the newest checkpoint": () => ({
    steps: ["DELETE FROM receipt_checkpoints WHERE size = 300"],
    inside: /newest checkpoint is missing/,
    outside: /no log/,
  }),
  "deletes all checkpoints": () => ({
    steps: ["DELETE FROM receipt_checkpoints"],
    inside: /newest checkpoint is missing/,
    outside: /no log/,
  }),
  "edits the head": (at) => ({
    steps: [`UPDATE receipt_logs SET root_hash = ${flipped("root_hash", at)}`],
    inside: /head of the log was changed/,
    outside: null,
  }),
  "edits the edge": (at) => ({
    steps: [`UPDATE receipt_logs SET edge = ${flipped("edge", at)}`],
    inside: /head of the log was changed/,
    outside: null,
  }),
  "turns the head back": () => ({
    steps: ["UPDATE receipt_logs l SET size = 250, root_hash = c.root_hash FROM receipt_checkpoints c WHERE c.size = 250"],
    inside: /shrank/,
    outside: null,
  }),
  "turns the head back beyond what was kept": () => ({
    steps: ["UPDATE receipt_logs l SET size = 100, root_hash = c.root_hash FROM receipt_checkpoints c WHERE c.size = 100"],
    inside: /shrank/,
    outside: /shrank/,
  }),
  "rewrites all, with an edit": (at) => ({ steps: rebuilt(...edited(at)), inside: null, outside: REWRITTEN }),
  "rewrites all, without a receipt": (at) => ({ steps: rebuilt(...deleted(at)), inside: null, outside: REWRITTEN }),
  "rewrites all, with one more": (at) => ({ steps: rebuilt(written(at)), inside: null, outside: REWRITTEN }),
  "rolls all back": (at) => ({
    steps: rebuilt(`DELETE FROM receipts WHERE id IN (SELECT receipt_id FROM receipt_places WHERE log_index > ${at % 249})`),
    inside: null,
    outside: REWRITTEN,
  }),
  "signs with another key": (at) => ({
    steps: [...rebuilt(...edited(at)), signAnew],
    inside: /none of the keys/,
    outside: /none of the keys/,
  }),
};

const stranger = signerOf(generateKeyPairSync("ed25519").privateKey);

async function signAnew(db: Db): Promise<void> {
  for (const { size, note } of await db.receiptCheckpoint.findMany()) {
    const text = parseSignedNote(note)?.text ?? "";
    await db.receiptCheckpoint.updateMany({ where: { size }, data: { note: signedNoteText(text, [(await stranger).sign(text)]) } });
  }
}

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

async function verifyBoth(steps: readonly Step[]): Promise<{ inside: string; outside: string }> {
  return inTransaction(getDb(), async (tx) => {
    for (const step of steps) await (typeof step === "string" ? sql(step) : step)(tx);
    const inside = (await verifyStoredLog(withDb(workspace.ctx, tx)))?.problems.join("\n") ?? "There is no log.";
    return rollBack({ inside, outside: await verifyExport(tx) });
  });
}

test("whatever the owner of the database does to the log is noticed, and said", { timeout: proofSize(240_000, 1_200_000) }, async () => {
  expect(await verifyBoth([])).toEqual({ inside: "", outside: "" });
  const found: Record<string, number> = {};
  const place = fc.nat(249);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(WAYS)), place, place, async (way, at, to) => {
      fc.pre(at !== to);
      const { steps, inside, outside } = WAYS[way]?.(at, to) ?? { steps: [], inside: null, outside: null };
      const said = await verifyBoth(steps);
      expect([way, said.inside]).toEqual([way, inside ? expect.stringMatching(inside) : ""]);
      expect([way, said.outside]).toEqual([way, outside ? expect.stringMatching(outside) : ""]);
      found[way] = (found[way] ?? 0) + 1;
    }),
    { numRuns: TAMPERINGS, examples: Object.keys(WAYS).map((way): [string, number, number] => [way, 7, 200]) },
  );
  printFigures("Tampering with the database", { tamperings: TAMPERINGS, ways: Object.keys(found).length, unnoticed: 0 });
});
