import type { TestWorkspace } from "@/lib/testing/factories";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The exact text. */
  readonly text: string;
  /** Read as JSON; undefined for an empty body. */
  readonly json: unknown;
}

export interface CallOptions {
  /** Whose keys are sent; left out: none. */
  readonly as?: TestWorkspace | undefined;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** The API of a running server, as any HTTP client sees it. */
export class ApiClient {
  constructor(readonly origin: string) {}

  get(path: string, options: CallOptions = {}): Promise<Answer> {
    return this.call("GET", path, undefined, options);
  }

  /** `body` is sent as JSON, or as it is when it is a text. */
  post(path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    return this.call("POST", path, typeof body === "string" ? body : JSON.stringify(body), options);
  }

  async call(method: string, path: string, body: string | Uint8Array | undefined, options: CallOptions = {}): Promise<Answer> {
    const { as, signal } = options;
    const headers = {
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(as && { Authorization: `Bearer ${as.apiKey}`, "X-DAAI-Workspace-Key": as.workspaceKey }),
      ...options.headers,
    };
    const response = await fetch(this.origin + path, {
      method,
      headers,
      redirect: "manual",
      ...(signal && { signal }),
      ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "") && text !== "";
    return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as unknown) : undefined };
  }
}

/** Status and code of a problem, for short expectations. */
export function problemOf({ status, json }: Answer): [status: number, code: string | undefined] {
  return [status, (json as { code?: string } | undefined)?.code];
}

export const INTERCEPT = "/api/v1/sdk/intercept";

export function runPath(runId: string, rest: string): string {
  return `/api/v1/sdk/action-runs/${runId}/${rest}`;
}

export const MISSING_RUN = "0193e4c2-7b0e-7cc1-8d5f-0a1b2c3d4e5f";
