import { IncomingMessage } from "node:http";

/** A request whose body has been read, once more from its beginning, for a handler that reads it as a stream. */
export function repeatMessage(message: IncomingMessage, body: Uint8Array): IncomingMessage {
  const again = new IncomingMessage(message.socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = message;
  Object.assign(again, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.push(body);
  again.push(null);
  return again;
}
