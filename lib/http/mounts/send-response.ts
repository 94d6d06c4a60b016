import type { IncomingMessage, ServerResponse } from "node:http";
import type { ApiResponse } from "@/lib/http/api-request";
import { BODY_MAX_BYTES } from "@/lib/http/parse-body";
import { isShuttingDown } from "@/lib/http/shutdown";

const DISCARD_MAX_BYTES = 16 * 1024 * 1024;
const DISCARD_TIMEOUT_MS = 5000;

/** Sends an answer on the Node server, head and body in one piece. Nothing happens if the client has gone. */
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

/** Node reads on to the end of a body to keep the connection. That is worth it for a small rest only. */
function isBodyTooLongToSkip(message: IncomingMessage): boolean {
  if (message.complete) return false;
  const length = message.headers["content-length"];
  return length === undefined || Number(length) > BODY_MAX_BYTES;
}

/**
 * To close while the client is still sending would reset the connection, and most clients would see that instead of the answer.
 * So what still comes is thrown away for a short while, neither kept nor looked at (RFC 9112, 9.6).
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
