/** Verify receipts and archives of a receipt log, offline, with keys that you already have. */
import { parseVerifierKey, type VerifierKey } from "@/lib/domain/log/signed-note";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { webCryptoCheck } from "@/lib/domain/log/web-crypto-check";

/** What came of checking, in plain sentences. */
export interface Verdict {
  /** Empty when everything holds. */
  readonly problems: readonly string[];
  readonly proved: readonly string[];
  readonly notProved: readonly string[];
}

export interface VerifyReceiptOptions {
  /** The verifier keys you trust, `name+hash+base64`: saved earlier, not those that the console serves today. */
  readonly keys: readonly string[];
  /** Signed checkpoints that you saved earlier: an archive that contradicts one has a problem. */
  readonly checkpoints?: readonly string[] | undefined;
}

/**
 * Verifies the file of one receipt, or the archive of a whole log: every text, its place in the log, and the signature of the log. A verdict
 * with problems has proved nothing. Throws where Web Crypto has no Ed25519.
 */
export async function verifyReceipt(
  content: string | Uint8Array | ArrayBuffer,
  { keys, checkpoints = [] }: VerifyReceiptOptions,
): Promise<Verdict> {
  const check = webCryptoCheck();
  if (check === null) throw new TypeError("Web Crypto isn't available here: browsers offer it only to pages over HTTPS");
  const trusted: VerifierKey[] = [];
  for (const text of keys) {
    const key = await parseVerifierKey(check.sha256, text);
    if (key === null) return { problems: [`This isn't a complete verifier key: ${text}`], proved: [], notProved: [] };
    trusted.push(key);
  }
  // A copy, because what is verified must not change meanwhile.
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content).slice();
  return verifyEvidence(check, trusted, bytes, checkpoints);
}
