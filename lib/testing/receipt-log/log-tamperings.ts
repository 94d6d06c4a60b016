import { generateKeyPairSync } from "node:crypto";
import type { Db } from "@/lib/db/transaction";
import { parseSignedNote, signedNoteText } from "@/lib/domain/log/signed-note";
import { signerOf } from "@/lib/receipts/log/log-keys";
import { deleted, edited, flipped, idAt, idOf, inserted, moved, placed, swappedTexts, written } from "./tampering-sql";

export type TamperingStep = string | ((db: Db) => Promise<unknown>);
export interface Tampering {
  readonly steps: readonly TamperingStep[];
  /** What the operator's check says; null: it cannot know, as all that is inside fits together. */
  readonly inside: RegExp | null;
  /** What a verifier says of an export, with the checkpoint that was kept; null: the export is as it was. */
  readonly outside: RegExp | null;
}

const NOT_THE_SIGNED = /not the one that was recorded|not the ones that were signed/;
const MISSING = /are missing|are incomplete|has a gap/;
const REWRITTEN = /was rewritten|shrank/;

/** How many receipts the log has that is tampered with. It was signed at 100, at 250 and at this. */
export const LOG_SIZE = 300;

export interface TamperedLog {
  readonly workspaceId: string;
  /** The ID of another workspace. */
  readonly another: string;
  /** Appends all that waits to the log, and signs it. */
  readonly sequence: (db: Db) => Promise<unknown>;
}

/** Every way to tamper with a log, for one or two places in it. */
export function waysToTamper({
  workspaceId,
  another,
  sequence,
}: TamperedLog): Readonly<Record<string, (at: number, to: number) => Tampering>> {
  /** The log as if it had always been so: every hash again, with a true signature over it. */
  const rebuilt = (...changes: string[]) => [
    ...changes,
    ...["receipt_checkpoints", "receipt_log_tiles", "receipt_logs", "receipt_places"].map((table) => `DELETE FROM ${table}`),
    "INSERT INTO waiting_receipts (workspace_id, receipt_id) SELECT workspace_id, id FROM receipts",
    sequence,
  ];

  return {
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
      steps: [`INSERT INTO waiting_receipts VALUES ('${workspaceId}', ${idOf(at)})`],
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
    "slips a receipt in": (at, to) => ({
      steps: [...moved(at, 1), ...inserted(at, to, workspaceId)],
      inside: NOT_THE_SIGNED,
      outside: NOT_THE_SIGNED,
    }),
    "appends a receipt": (at) => ({
      steps: inserted(LOG_SIZE, at, workspaceId),
      inside: /made entry 301, but only 300 were signed/,
      outside: null,
    }),
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
}

const stranger = signerOf(generateKeyPairSync("ed25519").privateKey);

async function signAnew(db: Db): Promise<void> {
  for (const { size, note } of await db.receiptCheckpoint.findMany()) {
    const text = parseSignedNote(note)?.text ?? "";
    await db.receiptCheckpoint.updateMany({ where: { size }, data: { note: signedNoteText(text, [(await stranger).sign(text)]) } });
  }
}
