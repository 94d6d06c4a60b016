import type { Bytes } from "./byte-text";
import type { SignatureCheck } from "./checkpoint";
import type { VerifierKey } from "./signed-note";
import { readTar } from "./tar-archive";
import { type Verdict, verdictOf } from "./verdict";
import { verifyLog } from "./verify-log";
import { verifyReceiptFile } from "./verify-receipt-file";

/** Verifies one receipt's file, or the archive of a whole log. `kept` are checkpoints the reader saved earlier. */
export async function verifyEvidence(
  check: SignatureCheck,
  keys: readonly VerifierKey[],
  content: Bytes,
  kept: readonly string[] = [],
): Promise<Verdict> {
  if (content[0] === "{".charCodeAt(0)) {
    try {
      return await verifyReceiptFile(check, keys, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content)));
    } catch {
      return verdictOf(["The file is not JSON: it was cut off or changed."], []);
    }
  }
  const files = readTar(content);
  if (!files) return verdictOf(["This is neither a receipt file nor a complete archive of a log."], []);
  return verifyLog(check, keys, (path) => Promise.resolve(files.get(path) ?? null), kept);
}
