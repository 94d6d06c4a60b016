/**
 * A request as the endpoints see it, whatever carried it: the Node server and Next's route handlers each build one, so that
 * an endpoint is written and tested once.
 */
export interface ApiRequest {
  /** Upper case. */
  readonly method: string;
  /** The path without the query, always beginning with /api/, still percent-encoded. */
  readonly path: string;
  /** The variable parts of the path by name, still percent-encoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Of the client, as far as trusted proxies tell it; "unknown" when nothing trustworthy says it. */
  readonly clientAddress: string;
  /** Aborted when the client goes away. Not every request needs it, so it is made on first use. */
  readonly signal: AbortSignal;
  /**
   * Reads the body, once. Stops as soon as more than `limitBytes` have come, or at once when Content-Length says so.
   * "incomplete" when the client went away in the middle of it.
   */
  readBody(limitBytes: number): Promise<Uint8Array | "too_large" | "incomplete">;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** null for answers without a body: 204, 304. */
  readonly body: string | null;
}
