/** The input of RFC 6962's leaf hash: 0x00 ‖ body. Shared by the server and browsers. */
export function leafBytes(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const text = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text, 1);
  return bytes;
}
