import { parseVerifierKey, type VerifierKey } from "@/lib/domain/log/signed-note";
import { type Verdict, verdictOf } from "@/lib/domain/log/verdict";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { webCryptoCheck } from "@/lib/domain/log/web-crypto-check";

/** `obstacle`: this browser could not check, which says nothing about the file. */
export type CheckOutcome = { readonly verdict: Verdict } | { readonly obstacle: string };

/** Between a signed note, which ends with lines of signatures, and the next one. */
const NEXT_NOTE = /(?<=^— [^\n]*\n)\n*(?!— )(?=\S)/m;

/** Checks a file against the keys in a text, one a line, and checkpoints from before, one after the other. */
export async function checkFile(file: Blob, keysText: string, keptText = ""): Promise<CheckOutcome> {
  const check = webCryptoCheck();
  if (check === null)
    return {
      obstacle:
        "This browser can compute hashes only on HTTPS pages. Open this page over HTTPS, or verify the file with python -m daai verify.",
    };
  const keys: VerifierKey[] = [];
  for (const line of keysText.split(/\s+/).filter(Boolean)) {
    const key = await parseVerifierKey(check.sha256, line);
    if (key === null) return { verdict: verdictOf([`This isn’t a complete verifier key: ${line}`], []) };
    keys.push(key);
  }
  // A text that was copied may have lost the line break at its end.
  const kept =
    keptText.trim() === ""
      ? []
      : keptText
          .trim()
          .split(NEXT_NOTE)
          .map((note) => `${note.trim()}\n`);
  try {
    return { verdict: await verifyEvidence(check, keys, new Uint8Array(await file.arrayBuffer()), kept) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") {
      return { obstacle: "This browser can’t check Ed25519 signatures. Use a newer one, or python -m daai verify." };
    }
    return { obstacle: "The file couldn’t be read. Choose it again." };
  }
}
