import { isUncollected } from "@/lib/action-runs/status/claim-state-sql";
import { getDb } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { countLateJobs } from "@/lib/db/job-queue";
import { lostFor } from "@/lib/db/lost-sessions";
import { isDiskFull } from "@/lib/errors/database-errors";
import { unnamedProxy } from "@/lib/net/unnamed-proxy";
import { isUnnoticedDoubt } from "@/lib/webhooks/mark-runs-in-doubt";
import { compareMigrations, type SchemaDifference } from "./compare-migrations";
import { takesWrites } from "./takes-writes";

interface Check {
  ok: boolean;
  detail: string;
}

export interface Readiness {
  ready: boolean;
  checks: Record<"database" | "migrations" | "connections" | "worker" | "receipts" | "proxy", Check>;
}

/** A due job that no worker has taken for this long means that none is running. */
const LATE_SECONDS = 30;
/** If three runs of a job scheduled every minute didn't finish the work, it won't resolve without help. */
const OVERDUE_SECONDS = 180;
const LATE_RECEIPT_SECONDS = 10;
/** A commit takes this long on no machine that can serve. */
const COMMIT_MS = 5000;
/** Temporary disconnections have recovered by then. */
const LOST_SECONDS = 30;
const UNKNOWN: Check = { ok: false, detail: "Unknown while the database can't be reached." };

/**
 * Whether this process can serve: the database answers and takes writes, its schema is this release's, and the process has its own
 * connections. Besides, whether someone works off the jobs.
 */
export async function getReadiness({ commitMs = COMMIT_MS, lostMs = LOST_SECONDS * 1000 } = {}): Promise<Readiness> {
  const connections = checkConnections(lostMs);
  const checks = await readChecks(commitMs).catch(() => ({
    database: { ok: false, detail: "The database can't be reached." },
    migrations: UNKNOWN,
    worker: UNKNOWN,
    receipts: UNKNOWN,
    proxy: checkProxy(),
  }));
  // Late jobs and receipts need the operator's eye, but decisions are made without them.
  const { database, migrations, ...late } = checks;
  return { ready: database.ok && migrations.ok && connections.ok, checks: { database, migrations, connections, ...late } };
}

async function readChecks(commitMs: number): Promise<Omit<Readiness["checks"], "connections">> {
  const migrations = checkMigrations(await compareMigrations(getDb()));
  return {
    database: await checkWrites(commitMs),
    migrations,
    worker: migrations.ok ? await checkWorker() : UNKNOWN,
    receipts: migrations.ok ? await checkReceipts() : UNKNOWN,
    proxy: checkProxy(),
  };
}

async function checkWrites(commitMs: number): Promise<Check> {
  try {
    if ((await takesWrites(commitMs)) === "yes") return { ok: true, detail: "The database responds." };
    const detail = `The database responds, but a commit has been waiting for over ${commitMs / 1000} seconds. Check for an unreachable synchronous standby and for a full disk.`;
    return { ok: false, detail };
  } catch (error) {
    return {
      ok: false,
      detail: isDiskFull(error)
        ? "The database responds, but its disk is full. Free some space."
        : "The database responds, but rejects writes. Check that DATABASE_URL points to the primary server.",
    };
  }
}

function checkConnections(lostMs: number): Check {
  const names = lostFor(lostMs);
  return names.length === 0
    ? { ok: true, detail: "All of this process's permanent connections are open." }
    : {
        ok: false,
        detail: `This process has been without ${names.join(", ")} for over ${lostMs / 1000} seconds. Check DATABASE_DIRECT_URL, then restart the process.`,
      };
}

function checkMigrations({ missing, unknown }: SchemaDifference): Check {
  if (unknown.length > 0) {
    return {
      ok: false,
      detail: `The database was migrated by a newer release (${unknown.join(", ")}). Stop this process and start that release.`,
    };
  }
  return missing.length === 0
    ? { ok: true, detail: "All migrations are applied." }
    : { ok: false, detail: `Not applied: ${missing.join(", ")}. Restart the console to migrate.` };
}

/** What this process has seen since it started. */
function checkProxy(): Check {
  return unnamedProxy() === null
    ? { ok: true, detail: "No proxy outside DAAI_TRUSTED_PROXIES forwards requests." }
    : {
        ok: false,
        detail:
          "A proxy forwards requests but isn't listed in DAAI_TRUSTED_PROXIES. Everyone behind it counts as one client and is locked out together. The log has its address.",
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
        detail: `Receipts have been waiting over ${LATE_RECEIPT_SECONDS} seconds for their entry in the log. Start a process with DAAI_WORKER=inline or only, and check its output.`,
      }
    : { ok: true, detail: "Every receipt is in its log or will be in a moment." };
}

async function checkWorker(): Promise<Check> {
  const jobs = await countLateJobs(getDb(), LATE_SECONDS);
  const since = Prisma.sql`now() - make_interval(secs => ${OVERDUE_SECONDS}::int)`;
  const [row] = await getDb().$queryRaw<{ runs: number; requests: number; approvals: number; claims: number }[]>`
    SELECT (SELECT count(*)::int FROM action_runs run
        WHERE governance_status = 'pending_approval' AND daai_is_overdue(run, ${since})) AS runs,
      (SELECT count(*)::int FROM approval_requests request JOIN action_runs run ON run.workspace_id = request.workspace_id AND run.id = request.run_id
        WHERE next_step_at < ${since} AND daai_frozen_since(run.workspace_id, run.action_id, run.api_key_id) IS NULL) AS requests,
      (SELECT count(*)::int FROM action_runs run WHERE run.approval_valid_until < ${since} AND ${isUncollected}) AS approvals,
      (SELECT count(*)::int FROM action_runs run WHERE run.claim_expires_at < ${since} AND ${isUnnoticedDoubt}) AS claims`;
  const { runs = 0, requests = 0, approvals = 0, claims = 0 } = row ?? {};
  if (jobs > 0)
    return {
      ok: false,
      detail: `${jobs} jobs have been waiting over ${LATE_SECONDS} seconds. Start a process with DAAI_WORKER=inline or only.`,
    };
  const overdue = [
    ...(runs > 0 ? [`${count(runs, "run")} that should have expired`] : []),
    ...(requests > 0 ? [`${count(requests, "request")} with an overdue reminder`] : []),
    ...(approvals > 0 ? [`${count(approvals, "approval")} that should have lapsed`] : []),
    ...(claims > 0 ? [`${count(claims, "expired claim")} that nobody was notified of`] : []),
  ];
  return overdue.length === 0
    ? { ok: true, detail: "No jobs are late." }
    : {
        ok: false,
        detail: `${new Intl.ListFormat("en-US").format(overdue)} not processed for ${OVERDUE_SECONDS / 60} minutes. Check the worker's log.`,
      };
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
