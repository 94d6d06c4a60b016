import { clientAddressInNext } from "@/lib/auth/client-address";
import type { ApiRequest, ApiResponse } from "@/lib/http/api-request";
import type { Route } from "@/lib/http/route";
import { handleRequest } from "./handle-request";
import { resourceOf } from "./resource";

/** undefined when the path has no variable part, whatever Next's types claim. */
type Params = Record<string, string | string[] | undefined> | undefined;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/**
 * Returns the routes of one path as Next's route handlers. Every method is defined, so that we, not Next, respond to unsupported ones, as a
 * problem with Allow. Without routes: the response to unknown API paths.
 */
export function nextHandlers(...routes: Route[]): Record<Method, Handler> {
  const [first] = routes;
  const resource = first ? resourceOf(first.path, routes) : null;
  const handle: Handler = async (request, context) => {
    const apiRequest = toApiRequest(request, await context.params);
    return toResponse(await handleRequest(resource, apiRequest), request.method);
  };
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
}

function toApiRequest(request: Request, params: Params): ApiRequest {
  const { pathname, searchParams } = new URL(request.url);
  const single = Object.entries(params ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return {
    method: request.method,
    path: pathname,
    params: Object.fromEntries(single),
    query: searchParams,
    headers: Object.fromEntries(request.headers),
    clientAddress: clientAddressInNext(request.headers),
    signal: request.signal,
    readBody: (limitBytes) => readBody(request, limitBytes),
  };
}

export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array | "too_large" | "incomplete"> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) return "too_large";
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  try {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return Buffer.concat(chunks);
      length += chunk.value.byteLength;
      if (length > limitBytes) {
        await reader?.cancel();
        return "too_large";
      }
      chunks.push(chunk.value);
    }
  } catch {
    return "incomplete";
  }
}

function toResponse({ status, headers, body }: ApiResponse, method: string): Response {
  return new Response(method === "HEAD" ? null : body, { status, headers: { ...headers } });
}
