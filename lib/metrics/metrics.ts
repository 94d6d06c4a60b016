import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { consoleVersion } from "@/lib/console-version";
import { getEnv } from "@/lib/env";

/** What this process counts and measures, named as Prometheus recommends: base units, `_total` for counters. */
export interface Metrics {
  readonly registry: Registry;
  readonly interceptSeconds: Histogram<"outcome">;
  readonly apiRequests: Counter<"route" | "status">;
  readonly waitedForTurns: Counter;
  readonly lapsedApprovals: Counter;
  readonly emails: Counter<"provider" | "result">;
  readonly webhookAttempts: Counter<"kind" | "result">;
}

/** From the milliseconds in which most are answered to the seconds after which a client gives up. */
const INTERCEPT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

// Next bundles its own copy of this module; both copies count in one place.
const shared = globalThis as typeof globalThis & { daaiMetrics?: Metrics };

/** null unless a setting asks for metrics: without a reader, nothing is counted. */
export function getMetrics(): Metrics | null {
  if (shared.daaiMetrics) return shared.daaiMetrics;
  const { DAAI_METRICS_PORT, DAAI_METRICS_TOKEN } = getEnv();
  if (DAAI_METRICS_PORT === undefined && DAAI_METRICS_TOKEN === undefined) return null;
  return (shared.daaiMetrics = makeMetrics());
}

/** For tests, which change the settings. */
export function resetMetrics(): void {
  delete shared.daaiMetrics;
}

export function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "daai_build_info",
    help: "The release of the console and of Node, as labels. Always 1.",
    labelNames: ["version", "node"],
    registers,
  }).set({ version: consoleVersion(), node: process.versions.node }, 1);
  return {
    registry,
    interceptSeconds: new Histogram({
      name: "daai_intercept_duration_seconds",
      help: "How long intercept requests took, from the parsed request to the response. outcome: the governance status, or refused.",
      labelNames: ["outcome"],
      buckets: INTERCEPT_BUCKETS,
      registers,
    }),
    apiRequests: new Counter({
      name: "daai_api_requests_total",
      help: "Responses of the API, by route and HTTP status.",
      labelNames: ["route", "status"],
      registers,
    }),
    waitedForTurns: new Counter({
      name: "daai_api_turns_waited_total",
      help: "Requests that waited for their turn, because their owner had many more than the other owners of this process.",
      registers,
    }),
    lapsedApprovals: new Counter({
      name: "daai_approvals_lapsed_total",
      help: "Approvals that nobody collected in time, by the process that ended them.",
      registers,
    }),
    emails: new Counter({
      name: "daai_emails_total",
      help: "Attempts to send an email. result: sent, failed (retried later) or dead (failed permanently).",
      labelNames: ["provider", "result"],
      registers,
    }),
    webhookAttempts: new Counter({
      name: "daai_webhook_attempts_total",
      help: "Attempts to deliver to a webhook or channel. result: delivered or failed.",
      labelNames: ["kind", "result"],
      registers,
    }),
  };
}
