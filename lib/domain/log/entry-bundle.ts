import type { Bytes } from "./byte-text";

const LENGTH_BYTES = 2;
const MAX_LENGTH = 0xffff;

/** Receipts one after the other, each with its length before it (tlog-tiles). */
export function entryBundle(bodies: readonly string[]): Bytes {
  const texts = bodies.map((body) => new TextEncoder().encode(body));
  const bundle = new Uint8Array(texts.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0));
  let at = 0;
  for (const text of texts) {
    if (text.length > MAX_LENGTH) throw new Error(`A receipt of ${text.length} bytes does not fit into an archive.`);
    bundle.set([text.length >> 8, text.length & 0xff], at);
    bundle.set(text, at + LENGTH_BYTES);
    at += LENGTH_BYTES + text.length;
  }
  return bundle;
}

/** The receipts' bytes; null when the bundle does not end where its last receipt does. */
export function readEntryBundle(bundle: Bytes): Bytes[] | null {
  const entries: Bytes[] = [];
  for (let at = 0; at < bundle.length; ) {
    const start = at + LENGTH_BYTES;
    const end = start + ((bundle[at] ?? 0) << 8) + (bundle[at + 1] ?? 0);
    if (start > bundle.length || end > bundle.length) return null;
    entries.push(bundle.slice(start, end));
    at = end;
  }
  return entries;
}
