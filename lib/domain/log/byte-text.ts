/** Bytes for WebCrypto and Prisma: not a view on shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Base64 with padding (RFC 4648, section 4). */
export function base64Text(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The reverse of `base64Text`. null for anything that it would not have written: one value has one text. */
export function bytesOfBase64(text: string): Bytes | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return base64Text(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

const HEX_OF_BYTE = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => HEX_OF_BYTE[byte]).join("");
}

/** The reverse of `hexText`; null for anything else. */
export function bytesOfHex(text: string): Bytes | null {
  return /^([0-9a-f]{2})*$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : null;
}

export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
