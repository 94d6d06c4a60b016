import { Gauge, type Registry } from "prom-client";
import { getReadiness } from "@/lib/health/get-readiness";
import { logger } from "@/lib/logger";
import type { SystemContext } from "@/lib/security/context";
import { type Backlog, getBacklog } from "./get-backlog";

/** Scrapes that come faster share one look at the database. */
const FRESH_MS = 5000;

const BACKLOG: Readonly<Record<keyof Backlog, readonly [name: string, help: string]>> = {
  pendingRuns: ["daai_pending_runs", "Runs that wait for a person."],
  oldestPendingRunAge: ["daai_oldest_pending_run_age_seconds", "Age of the run that has waited longest for a person, 0 if none waits."],
  overdueRuns: [
    "daai_overdue_runs",
    "Runs that wait for a person past their deadline. The worker ends them, so more than a few mean that it doesn't run.",
  ],
  runsInDoubt: ["daai_runs_in_doubt", "Runs whose executor may have executed them, but didn't report."],
  receiptsWaiting: ["daai_receipts_waiting", "Receipts that wait for their entry in the log."],
  oldestWaitingReceiptAge: ["daai_oldest_waiting_receipt_age_seconds", "How far the log lags behind, in seconds."],
  emailsQueued: ["daai_emails_queued", "Emails that wait to be sent."],
  oldestQueuedEmailAge: ["daai_oldest_queued_email_age_seconds", "Age of the oldest email that waits to be sent, 0 if none waits."],
  emailsDead: ["daai_emails_dead", "Emails of the last 24 hours that failed permanently."],
  webhookDeliveriesQueued: ["daai_webhook_deliveries_queued", "Webhook deliveries that wait to be sent."],
  oldestDueWebhookDeliveryAge: ["daai_oldest_due_webhook_delivery_age_seconds", "How long a webhook delivery has been due, 0 if none is."],
  webhooksFailing: ["daai_webhooks_failing", "Webhooks and channels whose last delivery failed."],
  lateJobs: ["daai_late_jobs", "Background jobs due for over 30 seconds that no worker has started."],
  databaseConnections: ["daai_database_connections", "Open connections to the console's database, of all programs."],
  databaseConnectionsLimit: ["daai_database_connections_limit", "How many connections PostgreSQL accepts."],
};

interface Scraped {
  readonly up: Gauge;
  readonly ready: Gauge;
  readonly checks: Gauge<"check">;
  readonly backlog: ReadonlyMap<keyof Backlog, Gauge>;
  /** When the gauges were read last, on the process's clock. */
  readAtMs: number;
  reading: Promise<void> | null;
}

const scrapes = new WeakMap<Registry, Scraped>();

/** The text of the metrics (Prometheus text format 0.0.4). A database that is away is a value of `daai_database_up`, not an error. */
export async function metricsText(ctx: SystemContext, registry: Registry): Promise<string> {
  const gauges = scrapes.get(registry) ?? makeGauges(registry);
  scrapes.set(registry, gauges);
  if (performance.now() - gauges.readAtMs > FRESH_MS) {
    gauges.reading ??= readGauges(ctx, gauges).finally(() => (gauges.reading = null));
    await gauges.reading;
  }
  return registry.metrics();
}

export function makeGauges(registry: Registry): Scraped {
  const registers = [registry];
  const names = Object.keys(BACKLOG) as (keyof Backlog)[];
  return {
    up: new Gauge({ name: "daai_database_up", help: "Whether the database responded to this scrape.", registers }),
    ready: new Gauge({ name: "daai_ready", help: "Whether /api/ready says ready or degraded.", registers }),
    checks: new Gauge({ name: "daai_check_ok", help: "Each check of /api/ready: 1 is ok.", labelNames: ["check"], registers }),
    backlog: new Map(names.map((key) => [key, new Gauge({ name: BACKLOG[key][0], help: BACKLOG[key][1], registers })])),
    readAtMs: Number.NEGATIVE_INFINITY,
    reading: null,
  };
}

async function readGauges(ctx: SystemContext, gauges: Scraped): Promise<void> {
  const { ready, checks } = await getReadiness();
  gauges.ready.set(Number(ready));
  for (const [check, { ok }] of Object.entries(checks)) gauges.checks.set({ check }, Number(ok));
  const backlog = await getBacklog(ctx).catch((error: unknown) => {
    logger.warn({ error }, "The metrics of the database couldn't be read.");
    return null;
  });
  gauges.up.set(Number(backlog !== null));
  // Yesterday's numbers would hide that nobody knows today's.
  for (const [key, gauge] of gauges.backlog) gauge.set(backlog?.[key] ?? Number.NaN);
  gauges.readAtMs = performance.now();
}
