import { type Bytes, base64Text, bytesOfBase64 } from "./byte-text";
import { HASH_LENGTH, type Sha256 } from "./merkle-tree";
import { parseSignedNote, type VerifierKey } from "./signed-note";

/** How large a log was, and what was in it: all of it, in one hash. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly rootHash: Bytes;
}

export interface SignatureCheck {
  readonly sha256: Sha256;
  readonly isSigned: (publicKey: Bytes, signature: Bytes, text: Bytes) => boolean | Promise<boolean>;
}

export type OpenedCheckpoint =
  | { readonly ok: true; readonly checkpoint: Checkpoint; readonly signedBy: readonly VerifierKey[] }
  | { readonly ok: false; readonly problem: string };

/** The text that is signed (C2SP tlog-checkpoint). */
export function checkpointText({ origin, size, rootHash }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Text(rootHash)}\n`;
}

/** The reverse of `checkpointText`; extension lines are allowed and ignored. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin = "", sizeText = "", root = "", ...more] = text.split("\n");
  const rootHash = bytesOfBase64(root);
  const size = Number(sizeText);
  if (origin === "" || !/^(0|[1-9][0-9]*)$/.test(sizeText) || !Number.isSafeInteger(size)) return null;
  if (rootHash?.length !== HASH_LENGTH || more.pop() !== "" || more.includes("")) return null;
  return { origin, size, rootHash };
}

/** The checkpoint in a note, whichever keys signed it. null: not a signed checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  return parseCheckpointText(parseSignedNote(note)?.text ?? "");
}

/** Returns a signed checkpoint's content if one of the keys signed it. Signatures by other keys are ignored. */
export async function openCheckpoint(check: SignatureCheck, note: string, keys: readonly VerifierKey[]): Promise<OpenedCheckpoint> {
  const parsed = parseSignedNote(note);
  const checkpoint = parsed && parseCheckpointText(parsed.text);
  if (!parsed || !checkpoint)
    return { ok: false, problem: "The checkpoint cannot be read: it is not a signed note with an origin, a size and a root." };
  const text = new TextEncoder().encode(parsed.text);
  const signedBy: VerifierKey[] = [];
  for (const { name, keyHash, signature } of parsed.signatures) {
    const key = keys.find((candidate) => candidate.name === name && candidate.keyHash === keyHash);
    if (!key) continue;
    if (!(await check.isSigned(key.publicKey, signature, text))) {
      return { ok: false, problem: `The checkpoint was changed after it was signed: the signature of ${name} is not over this text.` };
    }
    signedBy.push(key);
  }
  if (signedBy.length === 0) {
    const names = parsed.signatures.map(({ name, keyHash }) => `${name}+${keyHash}`).join(", ");
    return { ok: false, problem: `The checkpoint is signed by none of the keys you trust. It is signed by ${names}.` };
  }
  return { ok: true, checkpoint, signedBy };
}
