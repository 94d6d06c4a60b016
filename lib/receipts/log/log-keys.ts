import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { hexText } from "@/lib/domain/log/byte-text";
import { parseVerifierKey, signatureLine, type VerifierKey, verifierKeyOf } from "@/lib/domain/log/signed-note";
import { getEnv } from "@/lib/env";
import { sha256 } from "./node-check";

export interface LogSigner {
  readonly key: VerifierKey;
  /** The signature's line in a note. */
  sign(text: string): string;
}

export interface LogKeys {
  /** The current key first, then those that go on signing while verifiers learn the new one. */
  readonly signers: readonly LogSigner[];
  /** All keys that checkpoints of this console may be signed with, those that sign no more included. */
  readonly keys: readonly VerifierKey[];
}

let known: { readonly source: string; readonly keys: Promise<LogKeys> } | undefined;

/** The keys of the receipt logs, from the settings: they are kept outside the database, so that whoever holds that cannot sign. */
export function getLogKeys(): Promise<LogKeys> {
  const { DAAI_LOG_SIGNING_KEY, DAAI_LOG_EARLIER_KEYS } = getEnv();
  const source = [DAAI_LOG_SIGNING_KEY, ...DAAI_LOG_EARLIER_KEYS].join();
  if (known?.source !== source) known = { source, keys: readKeys(DAAI_LOG_SIGNING_KEY, DAAI_LOG_EARLIER_KEYS) };
  return known.keys;
}

async function readKeys(current: string, earlier: readonly string[]): Promise<LogKeys> {
  const isPrivate = (text: string) => text.includes("-----BEGIN");
  const signers = await Promise.all([current, ...earlier.filter(isPrivate)].map((pem) => signerOf(createPrivateKey(pem))));
  const retired = await Promise.all(earlier.filter((text) => !isPrivate(text)).map((text) => parseVerifierKey(sha256, text)));
  return { signers, keys: [...signers.map(({ key }) => key), ...retired.filter((key) => key !== null)] };
}

/** A key is named after itself: the name stays when the console moves to another address. */
export async function signerOf(privateKey: KeyObject): Promise<LogSigner> {
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32));
  const key = await verifierKeyOf(sha256, `daai-console/${hexText(sha256(publicKey)).slice(0, 16)}`, publicKey);
  return { key, sign: (text) => signatureLine(key, sign(null, Buffer.from(text), privateKey)) };
}
