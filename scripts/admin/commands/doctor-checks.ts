import { existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { readyResponseSchema } from "@/lib/contract/health";
import { getDb } from "@/lib/db/client";
import { readHostStates } from "@/lib/db/database-servers";
import { receivesNotifications } from "@/lib/db/receives-notifications";
import { getEnv } from "@/lib/env";
import { getReadiness } from "@/lib/health/get-readiness";
import { readDatabaseAddress } from "@/lib/net/database-address";
import { isLoopbackUrl } from "@/lib/net/loopback";
import { isMailKept } from "@/lib/notifications/is-mail-kept";
import { mailProviderName } from "@/lib/notifications/mail-provider-name";
import { findOtherSecrets } from "@/scripts/console/check-secrets";

export interface Finding {
  readonly name: string;
  /** A notice is worth knowing; a problem needs to be dealt with. */
  readonly status: "ok" | "notice" | "problem";
  readonly detail: string;
}

const MIB = 1024 ** 2;
const FEW_FREE_MIB = 2048;
const TOO_FEW_FREE_MIB = 256;
const SKEW_NOTICE_MS = 1000;
const SKEW_PROBLEM_MS = 10_000;
const CONSOLE_PATIENCE_MS = 3000;

/** Looks at everything that the console needs. The database is asked first: without it most checks have nothing to say. */
export async function examine(): Promise<Finding[]> {
  const { checks } = await getReadiness();
  // A process's own connections are for its /api/ready to tell, and so is its proxy; this one has neither.
  const own = Object.entries(checks).filter(([name]) => name !== "proxy" && name !== "connections");
  const readiness = own.map(([name, { ok, detail }]): Finding => ({ name, status: ok ? "ok" : "problem", detail }));
  if (!checks.database.ok) return [...readiness, ...checkSecretFiles(), await checkDisk()];
  return [
    await describeDatabase(),
    ...(await checkHosts()),
    ...readiness.filter(({ name }) => name !== "database"),
    await checkNotifications(),
    await checkClock(),
    await checkMail(),
    await checkPublicUrl(),
    ...(checks.migrations.ok ? await checkSecretValues() : []),
    ...(await checkProxy()),
    ...checkSecretFiles(),
    await checkDisk(),
  ];
}

async function describeDatabase(): Promise<Finding> {
  const [row] = await getDb().$queryRaw<{ version: string; mib: number; isDurable: boolean }[]>`
    SELECT current_setting('server_version') AS version, (pg_database_size(current_database()) / ${MIB}::int)::int AS mib,
      current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS "isDurable"`;
  const { place } = readDatabaseAddress(getEnv().DATABASE_URL);
  const detail = `PostgreSQL ${row?.version} at ${place}, ${row?.mib} MiB.`;
  return row?.isDurable
    ? { name: "database", status: "ok", detail }
    : {
        name: "database",
        status: "problem",
        detail: `${detail} It acknowledges data that a power cut would lose: turn on fsync and synchronous_commit.`,
      };
}

/** After a failover of an address with several hosts, the others must be there. */
export async function checkHosts(): Promise<Finding[]> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const addresses = [...new Set([DATABASE_URL, DATABASE_DIRECT_URL ?? DATABASE_URL])].map(readDatabaseAddress);
  const several = addresses.filter(({ hosts }) => hosts.length > 1);
  return Promise.all(
    several.map(async ({ hosts }): Promise<Finding> => {
      const states = await readHostStates(hosts);
      const detail = states.map(({ name, state, reason }) => `${name} ${state === "takes writes" ? state : `(${reason})`}`).join(", ");
      if (states.filter(({ state }) => state === "takes writes").length > 1)
        return { name: "hosts", status: "problem", detail: `${detail}. Only one may take writes: stop the one that isn't the primary.` };
      const isOneAway = states.some(({ state }) => state === "away");
      return isOneAway
        ? { name: "hosts", status: "notice", detail: `${detail}. Start the ones that are away: they can't take over.` }
        : { name: "hosts", status: "ok", detail: `${detail}.` };
    }),
  );
}

/** A waiting status request is woken by LISTEN, which a pooler in transaction mode does not carry. */
async function checkNotifications(): Promise<Finding> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  if (await receivesNotifications(DATABASE_DIRECT_URL ?? DATABASE_URL).catch(() => false))
    return { name: "notifications", status: "ok", detail: "LISTEN and NOTIFY work, so waiting requests are notified immediately." };
  return {
    name: "notifications",
    status: "problem",
    detail:
      "LISTEN gets no notifications, so waiting requests only check once per second: set DATABASE_DIRECT_URL to a connection without a pooler.",
  };
}

async function checkClock(): Promise<Finding> {
  const sentAt = Date.now();
  const [row] = await getDb().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const between = (sentAt + Date.now()) / 2;
  const skewMs = Math.round(Math.abs((row?.now.getTime() ?? 0) - between));
  if (skewMs < SKEW_NOTICE_MS) return { name: "clock", status: "ok", detail: "This machine's clock and the database's agree." };
  return {
    name: "clock",
    status: skewMs < SKEW_PROBLEM_MS ? "notice" : "problem",
    detail: `This machine's clock and the database's differ by ${(skewMs / 1000).toFixed(1)} seconds: synchronize both clocks. Decisions use the database's.`,
  };
}

async function checkMail(): Promise<Finding> {
  const dead = await getDb().emailDelivery.count({ where: { status: "dead" } });
  const isKept = isMailKept();
  const missesBounces = mailProviderName() === "resend" && getEnv().RESEND_WEBHOOK_SECRET === undefined;
  const provider = isKept
    ? "Emails are stored in the database, not sent; read them with `mailbox list`."
    : `Email is sent through ${mailProviderName() === "resend" ? "Resend" : "SMTP"}.${missesBounces ? "  Set RESEND_WEBHOOK_SECRET to see bounces." : ""}`;
  if (dead === 0) return { name: "mail", status: isKept || missesBounces ? "notice" : "ok", detail: provider };
  return {
    name: "mail",
    status: "problem",
    detail: `${dead} emails failed permanently after many tries; \`run show\` for their runs says why. ${provider}`,
  };
}

async function checkPublicUrl(): Promise<Finding> {
  const url = getEnv().DAAI_PUBLIC_URL;
  const isLoopback = isLoopbackUrl(url);
  if (new URL(url).protocol === "http:" && !isLoopback) {
    return {
      name: "public url",
      status: "problem",
      detail: `${url} isn't https: keys and decision links would travel unencrypted. Put a TLS proxy in front of the console and set DAAI_PUBLIC_URL.`,
    };
  }
  const advice = isLoopback ? " Approvers on other machines can't open its links: set DAAI_PUBLIC_URL for them." : "";
  const isUp = await answers(`${url}/api/health`);
  if (!isUp)
    return {
      name: "public url",
      status: "notice",
      detail: `${url} doesn't respond from here: start the console, or check DAAI_PUBLIC_URL.${advice}`,
    };
  return { name: "public url", status: isLoopback ? "notice" : "ok", detail: `The console responds at ${url}.${advice}` };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(CONSOLE_PATIENCE_MS), redirect: "error" });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function checkSecretValues(): Promise<Finding[]> {
  const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
  const other = await findOtherSecrets(DATABASE_DIRECT_URL ?? DATABASE_URL);
  if (other.length === 0) return [{ name: "secret values", status: "ok", detail: "They match this database." }];
  return other.map(({ sentence }) => ({ name: "secret values", status: "problem", detail: sentence }));
}

/** Only the console that serves has seen who hands requests on to it. */
async function checkProxy(): Promise<Finding[]> {
  const answer: unknown = await fetch(`${getEnv().DAAI_PUBLIC_URL}/api/ready`, {
    signal: AbortSignal.timeout(CONSOLE_PATIENCE_MS),
    redirect: "error",
  })
    .then((response) => response.json())
    .catch(() => null);
  const ready = readyResponseSchema.safeParse(answer);
  if (!ready.success) return [];
  const { status, detail } = ready.data.checks.proxy;
  return [{ name: "proxy", status: status === "ok" ? "ok" : "problem", detail: detail ?? "" }];
}

/** Whoever can read these can be the console. */
function checkSecretFiles(): Finding[] {
  const { DAAI_DATA_DIR } = getEnv();
  const files = [join(DAAI_DATA_DIR, "secrets.json"), join(DAAI_DATA_DIR, "postgres.json"), ".env"].filter((path) => existsSync(path));
  if (process.platform === "win32") return [];
  if (files.length === 0) return [{ name: "secrets", status: "ok", detail: "They come from the environment; no file contains them." }];
  const open = files.filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (open.length === 0) return [{ name: "secrets", status: "ok", detail: `Only their owner can read ${files.join(", ")}.` }];
  return open.map((path) => ({ name: "secrets", status: "problem", detail: `Other accounts can read ${path}: run chmod 600 ${path}.` }));
}

async function checkDisk(): Promise<Finding> {
  const { DAAI_DATA_DIR } = getEnv();
  if (!existsSync(DAAI_DATA_DIR)) return { name: "disk", status: "ok", detail: "Nothing is stored on this machine." };
  const { bavail, bsize } = await statfs(DAAI_DATA_DIR);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const detail = `${freeMib.toLocaleString("en-US")} MiB free in ${DAAI_DATA_DIR}`;
  if (freeMib >= FEW_FREE_MIB) return { name: "disk", status: "ok", detail: `${detail}.` };
  return {
    name: "disk",
    status: freeMib < TOO_FEW_FREE_MIB ? "problem" : "notice",
    detail: `${detail}: free some space before the database stops.`,
  };
}
