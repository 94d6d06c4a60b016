import { type Bytes, base64Text, bytesOfBase64, hexText } from "./byte-text";
import type { Sha256 } from "./merkle-tree";

/** A public key of a log, as verifiers take it: `name+hash+base64` (C2SP signed-note). */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes, in hex: identifies the key that a signature claims to be from. */
  readonly keyHash: string;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Bytes;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyHash: string;
  readonly signature: Bytes;
}

export interface SignedNote {
  /** What is signed: its last line break included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const ED25519 = 1;
const KEY_LENGTH = 32;
const KEY_HASH_LENGTH = 4;
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/;

/** A new key's name, hash and bytes together. */
export async function verifierKeyOf(sha256: Sha256, name: string, publicKey: Bytes): Promise<VerifierKey> {
  const typed = Uint8Array.of(...new TextEncoder().encode(`${name}\n`), ED25519, ...publicKey);
  return { name, publicKey, keyHash: hexText((await sha256(typed)).subarray(0, KEY_HASH_LENGTH)) };
}

export function verifierKeyText({ name, keyHash, publicKey }: VerifierKey): string {
  return `${name}+${keyHash}+${base64Text(Uint8Array.of(ED25519, ...publicKey))}`;
}

/** null: not the text of an Ed25519 key, or one that was not copied whole. */
export async function parseVerifierKey(sha256: Sha256, text: string): Promise<VerifierKey | null> {
  const [, name = "", keyHash, encoded = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text.trim()) ?? [];
  const bytes = bytesOfBase64(encoded);
  if (bytes?.length !== 1 + KEY_LENGTH || bytes[0] !== ED25519) return null;
  const key = await verifierKeyOf(sha256, name, bytes.slice(1));
  return key.keyHash === keyHash ? key : null;
}

/** The line that a signature is in a note. */
export function signatureLine({ name, keyHash }: VerifierKey, signature: Uint8Array): string {
  const hash = keyHash.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [];
  return `— ${name} ${base64Text(Uint8Array.of(...hash, ...signature))}\n`;
}

/** A text with its signature lines (C2SP signed-note). The text ends with a line break. */
export function signedNoteText(text: string, signatureLines: readonly string[]): string {
  return `${text}\n${signatureLines.join("")}`;
}

/** null: not a signed note. Does not verify the signatures. */
export function parseSignedNote(note: string): SignedNote | null {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 1 || !note.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return null;
  const lines = note.slice(gap + 2, -1).split("\n");
  const signatures = lines.map(parseSignatureLine);
  return signatures.every((signature) => signature !== null) ? { text: note.slice(0, gap + 1), signatures } : null;
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [, name = "", encoded = ""] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = bytesOfBase64(encoded);
  if (name === "" || !bytes || bytes.length <= KEY_HASH_LENGTH) return null;
  return { name, keyHash: hexText(bytes.subarray(0, KEY_HASH_LENGTH)), signature: bytes.slice(KEY_HASH_LENGTH) };
}
