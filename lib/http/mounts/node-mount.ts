import type { IncomingMessage, ServerResponse } from "node:http";
import { type EndpointMatch, matchEndpoint } from "./endpoints";
import { handleRequest } from "./handle-request";
import { NodeRequest } from "./node-request";
import { sendResponse } from "./send-response";

/**
 * Serves the API directly on the Node server, without a framework's overhead. Returns true when it handles the request: any path of the
 * API, and any other path below /api/v1, also without the /api. Next gets the rest.
 */
export function handleWithNodeMount(message: IncomingMessage, reply: ServerResponse): boolean {
  const path = apiPathOf(message.url ?? "");
  const match = matchEndpoint(path);
  if (!match && !path.startsWith("/api/v1/")) return false;
  void respond(match, path, message, reply);
  return true;
}

/** Without the query; /v1/… is short for /api/v1/…. */
function apiPathOf(url: string): string {
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  return path.startsWith("/v1/") ? `/api${path}` : path;
}

async function respond(match: EndpointMatch | null, path: string, message: IncomingMessage, reply: ServerResponse): Promise<void> {
  const request = new NodeRequest(message, reply, path, match?.params ?? {});
  sendResponse(message, reply, await handleRequest(match?.resource ?? null, request));
}
