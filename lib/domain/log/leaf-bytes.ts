/** What the leaf hash of RFC 6962 is taken over: 0x00 ‖ body. The one place that says it, for the server and for browsers. */
export function leafBytes(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const text = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text, 1);
  return bytes;
}
