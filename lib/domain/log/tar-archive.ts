import type { Bytes } from "./byte-text";

const BLOCK = 512;
const NAME_LENGTH = 100;

/** One file in a tar archive (POSIX ustar), readable by every tar. */
export function tarFile(path: string, content: Uint8Array): Bytes {
  const name = new TextEncoder().encode(path);
  if (name.length > NAME_LENGTH) throw new Error(`${path} is too long a name for this archive.`);
  const bytes = new Uint8Array(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  bytes.set(name);
  put(100, "0000644\0" + "0000000\0" + "0000000\0" + octal(content.length, 11) + "\0" + octal(0, 11) + "\0");
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\0" + "00");
  const sum = bytes.subarray(0, BLOCK).reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\0 `);
  bytes.set(content, BLOCK);
  return bytes;
}

/** Two empty blocks. */
export const TAR_END: Bytes = new Uint8Array(2 * BLOCK);

/** The files of an archive; null when it is none, is cut off, or has a name twice. */
export function readTar(archive: Bytes): Map<string, Bytes> | null {
  const files = new Map<string, Bytes>();
  for (let at = 0; ; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.length < BLOCK) return null;
    if (header.every((byte) => byte === 0)) return files;
    const path = textAt(header, 0, NAME_LENGTH);
    const size = numberAt(header, 124, 12);
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    if (size === null || numberAt(header, 148, 8) !== sum || files.has(path)) return null;
    const start = at + BLOCK;
    if (start + size > archive.length) return null;
    // A directory has no content, so it is skipped.
    if (header[156] !== "5".charCodeAt(0)) files.set(path, archive.slice(start, start + size));
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function octal(value: number, length: number): string {
  return value.toString(8).padStart(length, "0");
}

/** Octal digits alone: a negative size would never come to the end. */
function numberAt(bytes: Bytes, start: number, length: number): number | null {
  const digits = textAt(bytes, start, length).trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : null;
}

function textAt(bytes: Bytes, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}
