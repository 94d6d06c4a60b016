import { getDb } from "@/lib/db/client";
import { countLateJobs } from "@/lib/db/job-queue";
import { unnamedProxy } from "@/lib/net/unnamed-proxy";
import { compareMigrations, type SchemaDifference } from "./compare-migrations";

interface Check {
  ok: boolean;
  detail: string;
}

export interface Readiness {
  ready: boolean;
  checks: Record<"database" | "migrations" | "worker" | "receipts" | "proxy", Check>;
}

/** A due job that no worker has taken for this long means that none is running. */
const LATE_SECONDS = 30;
/** What a sweep of every minute did not get done in three of them, it will not get done by itself. */
const OVERDUE_SECONDS = 180;
const LATE_RECEIPT_SECONDS = 10;
const UNKNOWN: Check = { ok: false, detail: "Unknown while the database cannot be reached." };

/** Whether this process can serve: the database answers, its schema is this release's, and somebody works off the jobs. */
export async function getReadiness(): Promise<Readiness> {
  const checks = await readChecks().catch(() => ({
    database: { ok: false, detail: "The database cannot be reached." },
    migrations: UNKNOWN,
    worker: UNKNOWN,
    receipts: UNKNOWN,
    proxy: checkProxy(),
  }));
  // Late jobs and receipts need the operator's eye, but decisions are made without them.
  return { ready: checks.database.ok && checks.migrations.ok, checks };
}

async function readChecks(): Promise<Readiness["checks"]> {
  const migrations = checkMigrations(await compareMigrations(getDb()));
  return {
    database: { ok: true, detail: "The database answers." },
    migrations,
    worker: migrations.ok ? await checkWorker() : UNKNOWN,
    receipts: migrations.ok ? await checkReceipts() : UNKNOWN,
    proxy: checkProxy(),
  };
}

function checkMigrations({ missing, unknown }: SchemaDifference): Check {
  if (unknown.length > 0) {
    return {
      ok: false,
      detail: `The database was migrated by a newer release (${unknown.join(", ")}): stop this process and start it in that release.`,
    };
  }
  return missing.length === 0
    ? { ok: true, detail: "All migrations are applied." }
    : { ok: false, detail: `Not applied: ${missing.join(", ")}. Restart the console to migrate.` };
}

/** What this process has seen since it started. */
function checkProxy(): Check {
  return unnamedProxy() === null
    ? { ok: true, detail: "No proxy hands on requests without being named in DAAI_TRUSTED_PROXIES." }
    : {
        ok: false,
        detail:
          "A proxy hands on requests, but DAAI_TRUSTED_PROXIES does not name it: everybody behind it counts as one client, and is locked out together. The log has its address.",
      };
}

async function checkReceipts(): Promise<Check> {
  const [row] = await getDb().$queryRaw<{ is_late: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM waiting_receipts LEFT JOIN receipts r ON r.id = receipt_id
      WHERE r.id IS NULL OR r.created_at < now() - make_interval(secs => ${LATE_RECEIPT_SECONDS}::int)) AS is_late`;
  return row?.is_late
    ? {
        ok: false,
        detail: `Receipts have waited over ${LATE_RECEIPT_SECONDS} seconds for their place in the log: start a process with DAAI_WORKER=inline or only, and look into its log.`,
      }
    : { ok: true, detail: "Every receipt is in its log, or will be in a moment." };
}

async function checkWorker(): Promise<Check> {
  const jobs = await countLateJobs(getDb(), LATE_SECONDS);
  const [row] = await getDb().$queryRaw<{ runs: number; requests: number }[]>`
    SELECT (SELECT count(*)::int FROM action_runs
        WHERE governance_status = 'pending_approval' AND expires_at < now() - make_interval(secs => ${OVERDUE_SECONDS}::int)) AS runs,
      (SELECT count(*)::int FROM approval_requests WHERE next_step_at < now() - make_interval(secs => ${OVERDUE_SECONDS}::int)) AS requests`;
  const { runs = 0, requests = 0 } = row ?? {};
  if (jobs > 0)
    return { ok: false, detail: `${jobs} jobs have waited over ${LATE_SECONDS} seconds: start a process with DAAI_WORKER=inline or only.` };
  const overdue = [
    ...(runs > 0 ? [`${count(runs, "run")} whose time is over and that should have expired`] : []),
    ...(requests > 0 ? [`${count(requests, "request")} with a reminder that is due`] : []),
  ];
  return overdue.length === 0
    ? { ok: true, detail: "No job is late." }
    : { ok: false, detail: `${overdue.join(", and ")} were passed over for ${OVERDUE_SECONDS / 60} minutes: look into the worker's log.` };
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
