/** Prisma needs plain Uint8Arrays, not Buffers on a shared pool. */
export function bytes(source: Buffer | string, encoding: BufferEncoding = "hex"): Uint8Array<ArrayBuffer> {
  return new Uint8Array(typeof source === "string" ? Buffer.from(source, encoding) : source);
}
