import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { hexText } from "@/lib/domain/log/byte-text";
import { parseVerifierKey, signatureLine, type VerifierKey, verifierKeyOf } from "@/lib/domain/log/signed-note";
import { getEnv } from "@/lib/env";
import { sha256 } from "./node-check";

export interface LogSigner {
  readonly key: VerifierKey;
  /** The signature's line in a signed note. */
  sign(text: string): string;
}

export interface LogKeys {
  /** The current key first, then retiring ones that still sign while verifiers learn the new one. */
  readonly signers: readonly LogSigner[];
  /** All keys that may have signed this console's checkpoints, including retired ones. */
  readonly keys: readonly VerifierKey[];
}

let known: { readonly source: string; readonly keys: Promise<LogKeys> } | undefined;

/**
 * Reads the keys of the receipt logs from the settings. They are kept out of the database, so that access to the database isn't enough to
 * sign.
 */
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

/** The key's name derives from the key itself, so it survives a change of the console's URL. */
export async function signerOf(privateKey: KeyObject): Promise<LogSigner> {
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32));
  const key = await verifierKeyOf(sha256, `daai-console/${hexText(sha256(publicKey)).slice(0, 16)}`, publicKey);
  return { key, sign: (text) => signatureLine(key, sign(null, Buffer.from(text), privateKey)) };
}
