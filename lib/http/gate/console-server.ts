import { createServer, IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http";
import { clientAddressInNext, stampClientAddress } from "@/lib/auth/client-address";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { respondWithRefusal } from "@/lib/http/mounts/handle-request";
import { handleWithNodeMount } from "@/lib/http/mounts/node-mount";
import { NodeRequest } from "@/lib/http/mounts/node-request";
import { sendResponse } from "@/lib/http/mounts/send-response";
import { loggablePath } from "@/lib/http/page-headers";
import { refuseTooLarge } from "@/lib/http/read-json";
import { logger } from "@/lib/logger";
import { belowPath, pathOfUrl } from "@/lib/net/base-path";
import { isSameOrigin } from "@/lib/net/is-same-origin";
import { pathOf, refuseHead } from "./refuse-head";
import { refuseServerAction } from "./refuse-server-action";
import { METRICS_PATH, serveMetrics } from "./serve-metrics";

/**
 * How long a connection may wait for the client: for the headers, the whole request, and the next request. The last is longer than common
 * load balancers' idle timeout (60 s), so that they close the connection first. Responses have no limit.
 */
export const PATIENCE = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
} satisfies ServerOptions;

/** Far more than a large console's long polls and tabs need, but bounded to protect memory and file handles. */
const MAX_CONNECTIONS = 10_000;

const AUTH_BODY_MAX_BYTES = 65_536;
/** The size limit of Next's server actions, the largest requests that pages send. */
const PAGE_BODY_MAX_BYTES = 1_048_576;

const PAGE_METHODS: readonly string[] = ["GET", "HEAD", "POST", "OPTIONS"];
/** Next's route handlers serve these, and return the API's 404 for unknown paths. */
const API_METHODS: readonly string[] = [...PAGE_METHODS, "PUT", "PATCH", "DELETE"];

export interface ConsoleServerOptions {
  /** Whether the Node mount serves the SDK's API instead of Next. */
  readonly handlesSdk: boolean;
  readonly handleWithNext: (message: IncomingMessage, reply: ServerResponse) => unknown;
  readonly patience?: Partial<ServerOptions>;
}

/** Creates the server that every request passes through: what it refuses reaches neither the API nor Next. */
export function createConsoleServer({ patience, ...handlers }: ConsoleServerOptions): Server {
  const settings = { ...handlers, basePath: pathOfUrl(getEnv().DAAI_PUBLIC_URL) };
  const server = createServer({ ...PATIENCE, ...patience }, (message, reply) => {
    message.url = belowPath(settings.basePath, message.url ?? "");
    void handle(message, reply, settings);
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

async function handle(
  message: IncomingMessage,
  reply: ServerResponse,
  { handlesSdk, handleWithNext, basePath }: Omit<ConsoleServerOptions, "patience"> & { basePath: string },
): Promise<void> {
  const path = pathOf(message.url ?? "");
  const request = new NodeRequest(message, reply, path, {});
  const send = (refusal: Refusal, headers = {}) => sendResponse(message, reply, respondWithRefusal(refusal, request, headers));

  const refusal = refuseHead(message);
  if (refusal) return send(refusal);
  if (handlesSdk && handleWithNodeMount(message, reply)) return;
  // Without a token, only the metrics port has them: this one is for everyone.
  if (path === METRICS_PATH && getEnv().DAAI_METRICS_TOKEN !== undefined) return serveMetrics(message, reply);

  const isAuth = path.startsWith("/api/auth/");
  const methods = /^\/(api|v1)(\/|$)/.test(path) && !isAuth ? API_METHODS : PAGE_METHODS;
  if (!methods.includes(request.method))
    return send(refuse("method_not_allowed", `Use ${methods.join(" or ")}.`), { Allow: methods.join(", ") });

  const limit = isAuth ? AUTH_BODY_MAX_BYTES : PAGE_BODY_MAX_BYTES;
  const body = hasBody(message) ? await request.readBody(limit) : null;
  if (body === "incomplete") return;
  if (body === "too_large") return send(refuseTooLarge(limit));
  const isAction = request.method === "POST" && (message.headers["next-action"] !== undefined || isMultipart(message));
  const unreadable = isAction ? refuseServerAction(message.headers["content-type"], body ?? new Uint8Array()) : null;
  if (unreadable) return send(unreadable);
  stampClientAddress(message);
  logWhenDone(message, reply, path);
  if (isAction) trustOwnOrigin(message);
  message.url = nextUrl(basePath, message.url ?? "");
  handleWithNext(body === null ? message : repeatMessage(message, body), reply);
}

/** Next's start page below a path has no slash at its end, and would redirect those that some proxies add. */
function nextUrl(basePath: string, url: string): string {
  return basePath === "" ? url : `${basePath}${url.replace(/^\/(?=\?|$)/, "")}`;
}

/** The access log of pages, for whoever sets LOG_LEVEL=debug. The API logs its own requests. */
function logWhenDone({ method, headers }: IncomingMessage, reply: ServerResponse, path: string): void {
  if (!logger.isLevelEnabled("debug")) return;
  const startedAtMs = performance.now();
  const clientAddress = clientAddressInNext({ get: (name) => String(headers[name]) });
  reply.once("close", () => {
    const durationMs = Math.round(performance.now() - startedAtMs);
    logger.debug({ method, path: loggablePath(path), status: reply.statusCode, durationMs, clientAddress }, "page");
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Next treats any such form as a server action submitted without JavaScript. None of our forms is one. */
function isMultipart({ headers }: IncomingMessage): boolean {
  return /^multipart\//i.test(headers["content-type"] ?? "");
}

/**
 * Next responds 500 to a server action whose Origin differs from the Host. Our own check compares Origin with the public URL (proxy.ts), so
 * Host and X-Forwarded-Host from proxies or strangers don't matter.
 */
function trustOwnOrigin({ headers }: IncomingMessage): void {
  if (headers.origin === undefined || !isSameOrigin(headers.origin, getEnv().DAAI_PUBLIC_URL)) return;
  headers.host = new URL(headers.origin).host;
  delete headers["x-forwarded-host"];
}

/** Recreates a request whose body was already read, for a handler that reads it as a stream. */
function repeatMessage(message: IncomingMessage, body: Uint8Array): IncomingMessage {
  const again = new IncomingMessage(message.socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = message;
  Object.assign(again, { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  again.push(body);
  again.push(null);
  return again;
}
