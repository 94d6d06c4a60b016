import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiResponse } from "@/lib/http/api-request";
import { BODY_MAX_BYTES } from "@/lib/http/parse-body";
import { isShuttingDown } from "@/lib/http/shutdown";

const DISCARD_MAX_BYTES = 16 * 1024 * 1024;
const DISCARD_TIMEOUT_MS = 5000;

/** Sends a response on the Node server, head and body in one write. Does nothing if the client has disconnected. */
export function sendResponse(message: IncomingMessage, reply: ServerResponse, { status, headers, body }: ApiResponse): void {
  if (reply.destroyed) return;
  const hasUnreadBody = isBodyTooLongToSkip(message);
  const all: Record<string, string | number> = { ...headers };
  if (body !== null) all["Content-Length"] = Buffer.byteLength(body);
  if (hasUnreadBody || isShuttingDown()) all.Connection = "close";
  reply.writeHead(status, all);
  if (!hasUnreadBody || body === null) return void reply.end(body ?? undefined);
  reply.write(body);
  endAfterDiscarding(message, reply);
}

/** To keep the connection, Node reads a body to its end, which pays only if little is left. */
function isBodyTooLongToSkip(message: IncomingMessage): boolean {
  if (message.complete) return false;
  const length = message.headers["content-length"];
  return length === undefined || Number(length) > BODY_MAX_BYTES;
}

/**
 * Closing while the client is still sending would reset the connection, and most clients would report that instead of the response. So the
 * rest is discarded for a short while (RFC 9112, 9.6).
 */
function endAfterDiscarding(message: IncomingMessage, reply: ServerResponse): void {
  let discarded = 0;
  const onData = (chunk: Buffer) => {
    discarded += chunk.byteLength;
    if (discarded > DISCARD_MAX_BYTES) end();
  };
  const end = () => {
    clearTimeout(timer);
    message.off("data", onData).off("end", end).off("close", end);
    reply.end();
  };
  const timer = setTimeout(end, DISCARD_TIMEOUT_MS);
  message.on("data", onData).on("end", end).on("close", end).resume();
}
