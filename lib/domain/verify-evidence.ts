import type { Bytes } from "@/lib/domain/byte-text";
import type { SignatureCheck } from "@/lib/domain/checkpoint";
import type { VerifierKey } from "@/lib/domain/signed-note";
import { readTar } from "@/lib/domain/tar-archive";
import { verdictOf, type Verdict } from "@/lib/domain/verdict";
import { verifyLog } from "@/lib/domain/verify-log";
import { verifyReceiptFile } from "@/lib/domain/verify-receipt-file";

/** Checks what somebody was given: one receipt's file, or the archive of a whole log. `kept` are checkpoints from before. */
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
  if (!files) return verdictOf(["This is neither a receipt's file nor a whole archive of a log."], []);
  return verifyLog(check, keys, (path) => Promise.resolve(files.get(path) ?? null), kept);
}
