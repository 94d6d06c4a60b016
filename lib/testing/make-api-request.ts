import type { ApiRequest } from "@/lib/http/api-request";

interface RequestParts {
  method?: string;
  path?: string;
  params?: Record<string, string>;
  query?: string;
  headers?: Record<string, string | undefined>;
  body?: Uint8Array | string;
  clientAddress?: string;
  signal?: AbortSignal;
}

/** A request that no server carried. With a body, it is JSON unless the headers say otherwise. */
export function makeApiRequest(parts: RequestParts = {}): ApiRequest {
  const { body = "" } = parts;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    method: parts.method ?? (parts.body === undefined ? "GET" : "POST"),
    path: parts.path ?? "/api/test",
    params: parts.params ?? {},
    query: new URLSearchParams(parts.query),
    headers: parts.headers ?? (parts.body === undefined ? {} : { "content-type": "application/json" }),
    clientAddress: parts.clientAddress ?? "127.0.0.1",
    signal: parts.signal ?? new AbortController().signal,
    readBody: (limitBytes) => Promise.resolve(bytes.byteLength > limitBytes ? "too_large" : bytes),
  };
}
