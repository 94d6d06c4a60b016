// What the console says about its log, when it is asked.

import { type Bytes, bytesOfHex } from "@/lib/domain/log/byte-text";
import type { SignatureCheck } from "@/lib/domain/log/checkpoint";
import { parseVerifierKey, type VerifierKey } from "@/lib/domain/log/signed-note";
import { callOnce } from "./calls";
import type { Inside } from "./inside";
import type { WireObject } from "./models";
import { WireError } from "./parse-models";
import type { Build } from "./parse-response";
import { randomId } from "./payload-hash";

/** A caller waits while a witness verifies the log. */
const MAX_REQUEST_SECONDS = 3;

export interface Newest {
  /** null: there are no receipts yet. */
  readonly note: string | null;
  /** That the log extends the checkpoint of the size that was asked about. null: the console gives no proof. */
  readonly proof: readonly Bytes[] | null;
}

/** Throws a DaaiError if the console can't be asked. */
export async function askForNewest(inside: Inside, from: number | null): Promise<Newest> {
  return ask(inside, `/v1/sdk/log/checkpoint${from === null ? "" : `?from=${from}`}`, newest);
}

/** The keys that the console shows today, as far as this package can verify their signatures. Throws a DaaiError if it can't be asked. */
export async function askForKeys(inside: Inside, { sha256 }: SignatureCheck): Promise<VerifierKey[]> {
  const texts = await ask(inside, "/v1/public/log-keys", published);
  const keys = await Promise.all(texts.map((text) => parseVerifierKey(sha256, text)));
  return keys.filter((key) => key !== null);
}

async function ask<T>(inside: Inside, path: string, build: Build<T>): Promise<T> {
  const timeoutSeconds = Math.min(inside.timeoutSeconds, MAX_REQUEST_SECONDS);
  // Without the witness, which would ask about the response to its own question.
  return callOnce(Object.assign(Object.create(inside) as Inside, { timeoutSeconds, witness: undefined }), { path, build }, randomId());
}

function newest({ checkpoint = null, consistency_proof: proof = null }: WireObject): Newest {
  if (checkpoint !== null && typeof checkpoint !== "string") throw new WireError("checkpoint is not a string");
  if (proof === null) return { note: checkpoint, proof };
  if (!Array.isArray(proof)) throw new WireError("consistency_proof is not a list");
  return { note: checkpoint, proof: proof.map(hashOf) };
}

function hashOf(text: unknown): Bytes {
  const hash = typeof text === "string" ? bytesOfHex(text) : null;
  if (hash === null) throw new WireError("consistency_proof is not of hashes in hex");
  return hash;
}

function published({ keys }: WireObject): string[] {
  if (!Array.isArray(keys)) throw new WireError("keys is not a list");
  return keys.map((key: WireObject | null) => String(key?.["verifier_key"]));
}
