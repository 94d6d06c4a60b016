/**
 * A request as the endpoints see it. The Node server and Next's route handlers both build one, so each endpoint is written and tested once.
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
  /** The client's address according to trusted proxies; "unknown" when no trusted source names it. */
  readonly clientAddress: string;
  /** Aborts when the client disconnects. Created on first use, because few requests need it. */
  readonly signal: AbortSignal;
  /**
   * Reads the body, once. Stops as soon as more than `limitBytes` have arrived, or immediately when Content-Length exceeds it. "incomplete"
   * when the client disconnected midway.
   */
  readBody(limitBytes: number): Promise<Uint8Array | "too_large" | "incomplete">;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** null for responses without a body: 204, 304. */
  readonly body: string | null;
}
