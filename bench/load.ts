import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { JsonObject } from "@/lib/domain/json-value";
import { INTERCEPT_PATH, PROPOSAL } from "./proposal";
import { percentile } from "./statistics";
import { keyHeaders, type Tenant } from "./tenants";

/** One connection, which sends its next request once the last response has arrived. */
export interface LoadConnection {
  readonly method: "GET" | "POST";
  /** Taken in turn. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly requestsPerSecond: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

interface WorkerAnswer {
  readonly error: string | null;
  readonly requests: number;
  readonly seconds: number;
  readonly latenciesMs: number[];
}

/** Loads a server for that long. Throws when a response isn't 2xx. */
export type RunLoad = (url: string, connections: readonly LoadConnection[], seconds: number) => Promise<Load>;

/** A thread that generates load, one after the other. */
export function openLoader(): RunLoad {
  let worker: Worker | undefined;
  return async (url, connections, seconds) => {
    worker ??= new Worker(new URL("./load-worker.mjs", import.meta.url));
    worker.unref();
    const answered = once(worker, "message") as Promise<[WorkerAnswer]>;
    worker.postMessage({ url, connections, seconds });
    const [{ error, requests, seconds: taken, latenciesMs }] = await answered;
    if (error !== null) throw new Error(`The load on ${url} failed: ${error}`);
    if (requests === 0) throw new Error(`The server at ${url} gave no answer within ${seconds} s.`);
    const [medianMs = 0, p95Ms = 0, p99Ms = 0] = [50, 95, 99].map((percent) => percentile(latenciesMs, percent));
    return { requestsPerSecond: requests / taken, medianMs, p95Ms, p99Ms };
  };
}

/** The loader of everything that is measured alone. */
export const runLoad = openLoader();

export const CONNECTIONS = 32;

/** Connections that propose runs, evenly for these tenants. */
export function interceptConnections(tenants: readonly Tenant[], proposal: JsonObject = PROPOSAL): LoadConnection[] {
  const body = JSON.stringify({ ...proposal, idempotency_key: "key" });
  return perConnection(tenants, (tenant) => ({ method: "POST", paths: [INTERCEPT_PATH], headers: keyHeaders(tenant), body }));
}

export function perConnection<T>(tenants: readonly Tenant[], make: (tenant: Tenant) => T): T[] {
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const tenant = tenants[index % tenants.length];
    if (!tenant) throw new RangeError("no tenants");
    return make(tenant);
  });
}
