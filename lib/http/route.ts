import { validate as isUuid } from "uuid";
import type { z } from "zod";
import { refuseUnknownRun } from "@/lib/action-runs/status/get-run-status";
import { ownerOfKey } from "@/lib/api-keys/owner-of-key";
import { authenticateSdk, withSdkContext } from "@/lib/api-keys/sdk-context";
import { readSdkCredentials, type SdkCredentials } from "@/lib/api-keys/sdk-credentials";
import { visitorContext } from "@/lib/auth/contexts";
import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import { type Refusal, refuse, refuseField } from "@/lib/domain/refusals/refusal";
import { countLinkGuess } from "@/lib/limits/count-link-guess";
import type { RateLimitState } from "@/lib/limits/rate-limits";
import { authenticateManagement, readManagementKey } from "@/lib/management-keys/management-context";
import { getMetrics } from "@/lib/metrics/metrics";
import type { ManagementContext, SdkContext, VisitorContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import type { ApiRequest } from "./api-request";
import { fairTurns } from "./fair-turns";
import { type BodyRules, type ParsedBody, parseBody, refuseInvalid } from "./parse-body";

/** Who may call an endpoint, which determines the context its handler gets. */
interface Callers {
  /** Callers with a workspace's two keys, checked in the handler's transaction. */
  sdk: { readonly ctx: SdkContext };
  /** The same for the two hot paths, whose own SQL checks the keys in the same round trip. */
  "sdk-credentials": { readonly ctx: VisitorContext; readonly credentials: SdkCredentials };
  /** Holders of a management key, whose scopes every command checks again. `scopes`: for what an answer leaves out without one. */
  management: { readonly ctx: ManagementContext; readonly scopes: readonly string[] };
  /** Holders of a decision link. Unknown tokens are rate limited. */
  public: { readonly ctx: VisitorContext };
  /** Anyone. */
  open: { readonly ctx?: never };
}

export type Scope = keyof Callers;

/** Whether callers authenticate with a workspace's two keys. */
export function takesKeys(scope: Scope): boolean {
  return scope === "sdk" || scope === "sdk-credentials";
}

/** A handler's result. `answer` uses the wire's field names. `isNew`: the response is 201. `isWaiting`: it is 202, because nothing was changed yet. */
export type Outcome = ({ ok: true; answer: object; isNew?: boolean; isWaiting?: boolean } | Refusal) & {
  rateLimits?: readonly RateLimitState[];
  workspaceId?: string;
};

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly scope: Scope;
  /** The response carries an ETag and may be 304. */
  readonly hasEntityTag: boolean;
  answer(request: ApiRequest): Promise<Outcome>;
}

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type HandlerInput<Path extends string, S extends Scope, Body, Query> = Callers[S] & {
  readonly params: Readonly<Record<ParamNames<Path>, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly memberText: Readonly<Record<string, string>>;
  readonly request: ApiRequest;
};

interface RouteOptions<Path extends string, S extends Scope, Body, Query> {
  method: Route["method"];
  /** With `:id` for a UUID, of an action run or what is managed, and `:token` for a decision link's secret. */
  path: Path;
  /** Required, so that every route decides explicitly. */
  scope: S;
  /** What a management key must be allowed to do; only for the scope `management`, which requires it. */
  needs?: ManagementScope;
  query?: z.ZodType<Query>;
  body?: BodyRules<Body>;
  hasEntityTag?: boolean;
  /** Whether the handler may hold the response to this query open, so that it detects an unresponsive database itself. */
  isLongPoll?(query: URLSearchParams): boolean;
  handler(input: HandlerInput<Path, S, Body, Query>): Promise<Outcome>;
}

/**
 * One endpoint of the API. Keys are checked twice: their format first, because that is cheap, and their validity in the handler's
 * transaction. When a request is refused before its handler runs, authenticateSdk checks the keys, so strangers get 401 whatever else is
 * wrong.
 */
export function sdkRoute<const Path extends string, S extends Scope, Body = null, Query = null>(
  options: RouteOptions<Path, S, Body, Query>,
): Route {
  const { method, path, scope, hasEntityTag = false, isLongPoll = () => false } = options;

  async function answer(request: ApiRequest): Promise<Outcome> {
    const visitor = visitorContext();
    if (scope === "management") return failFastIfDatabaseDown(answerManagement(options, request, visitor));
    let credentials: SdkCredentials | null = null;
    if (takesKeys(scope)) {
      const keys = readSdkCredentials(request.headers);
      if (!keys.ok) return keys;
      credentials = keys.credentials;
    }
    const input = await readInput(options, request);
    if (input.ok) {
      // A route's scope determines its context, and its path its parameters; TypeScript can't express either.
      const handle = (caller: object) => options.handler({ ...input, ...caller, request } as unknown as HandlerInput<Path, S, Body, Query>);
      if (credentials && scope === "sdk-credentials") {
        const work = () => handle({ ctx: visitor, credentials });
        return isLongPoll(request.query) ? work() : inTurn(credentials, () => failFastIfDatabaseDown(work()));
      }
      // Claims, renewals and reports wait for no turn: one that comes late puts a run in doubt.
      if (credentials) return failFastIfDatabaseDown(withSdkContext(visitor, credentials, (ctx) => handle({ ctx })));
      const work = handle(scope === "open" ? {} : { ctx: visitor });
      return failFastIfDatabaseDown(scope === "public" ? orTooManyGuesses(visitor, request.clientAddress, work) : work);
    }
    if (!credentials) return input;
    const caller = await failFastIfDatabaseDown(authenticateSdk(visitor, credentials));
    return caller.ok ? { ...input, rateLimits: caller.rateLimits, workspaceId: caller.ctx.workspaceId } : caller;
  }

  return { method, path, scope, hasEntityTag, answer };
}

/** Between owners, as in a batch of proposals. */
const takeTurn = fairTurns({ always: 4, timesMiddle: 2, maxWaiting: 1000, onWait: () => getMetrics()?.waitedForTurns.inc() });

/** Who has not shown a valid key takes no turn, so that strangers can't make others wait. */
async function inTurn(credentials: SdkCredentials, work: () => Promise<Outcome>): Promise<Outcome> {
  const owner = ownerOfKey(credentials);
  if (owner === undefined) return work();
  const outcome = await takeTurn(owner, work);
  const detail = "Too many requests of this account wait for their turn. Send fewer at the same time.";
  return outcome ?? refuse("too_many_waiting", detail, { retryAfterSeconds: 1 });
}

/** The key comes first, so that strangers get 401 whatever else is wrong, and every request of a key counts. */
async function answerManagement<Path extends string, S extends Scope, Body, Query>(
  options: RouteOptions<Path, S, Body, Query>,
  request: ApiRequest,
  visitor: VisitorContext,
): Promise<Outcome> {
  const { path, needs } = options;
  if (needs === undefined) throw new Error(`${path} doesn't say which scope it needs.`);
  const read = readManagementKey(request.headers);
  if (!read.ok) return read;
  const caller = await authenticateManagement(visitor, read.keyHash);
  if (!caller.ok) return caller;
  const { ctx, scopes, rateLimits } = caller;
  const facts = { rateLimits, workspaceId: ctx.workspaceId };
  if (!scopes.includes(needs)) return { ...refuse("missing_scope", `This needs a key with the scope ${needs}.`), ...facts };
  const input = await readInput(options, request);
  if (!input.ok) return { ...input, ...facts };
  try {
    // As for the other scopes: TypeScript can't express that a route's scope determines its context.
    return { ...(await options.handler({ ...input, ctx, scopes, request } as unknown as HandlerInput<Path, S, Body, Query>)), ...facts };
  } catch (error) {
    if (!(error instanceof NotPermitted)) throw error;
    return { ...refuse("missing_scope", "The key was revoked, or doesn't have the scopes for all of this."), ...facts };
  }
}

/** Returns a link's outcome. Unknown links are rate limited. */
async function orTooManyGuesses(visitor: VisitorContext, clientAddress: string, work: Promise<Outcome>): Promise<Outcome> {
  const outcome = await work;
  if (outcome.ok || outcome.code !== "invalid_link") return outcome;
  const guess = await countLinkGuess(visitor, clientAddress);
  return guess.ok ? outcome : guess;
}

type Input<Body, Query> = ParsedBody<Body | null> & { params: Readonly<Record<string, string>>; query: Query | null };

async function readInput<Body, Query>(
  { scope, query: querySchema, body: bodyRules }: Pick<RouteOptions<string, Scope, Body, Query>, "scope" | "query" | "body">,
  request: ApiRequest,
): Promise<Input<Body, Query> | Refusal> {
  const { id } = request.params;
  // The same response as for a well-formed unknown id.
  if (id !== undefined && !isUuid(id)) return scope === "management" ? refuse("not_found", "Not found.") : refuseUnknownRun();
  const query = querySchema ? parseQuery(querySchema, request.query) : { ok: true as const, data: null };
  if (!query.ok) return query;
  const body = bodyRules ? await parseBody(request, bodyRules) : { ok: true as const, body: null, memberText: {} };
  if (!body.ok) return body;
  // PostgreSQL returns ids in lower case, and they are compared with what it returns.
  const params = id === undefined ? request.params : { ...request.params, id: id.toLowerCase() };
  return { ...body, params, query: query.data };
}

function parseQuery<Query>(schema: z.ZodType<Query>, query: URLSearchParams): { ok: true; data: Query } | Refusal {
  const values = Object.fromEntries(query);
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) {
    const message = `${repeated.slice(0, 50)} may be given only once.`;
    return refuseField(repeated.slice(0, 50), message);
  }
  const parsed = schema.safeParse(values);
  return parsed.success ? { ok: true, data: parsed.data } : refuseInvalid(parsed.error);
}
