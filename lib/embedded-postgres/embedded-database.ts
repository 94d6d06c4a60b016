import { setTimeout as sleep } from "node:timers/promises";
import { ADVISORY_LOCKS } from "@/lib/db/advisory-locks";
import { DatabaseClient } from "@/lib/db/database-client";
import { SetupError } from "@/lib/errors/setup-error";
import { withFileLock } from "@/lib/file-lock.mjs";
import { type Cluster, cluster, runProgram } from "./cluster";
import { embeddedPaths } from "./embedded-paths";
import { isInitialized } from "./initialize-cluster";
import { openServer, type ServerOptions } from "./open-server";
import { findRunningServer } from "./running-server";

const TIMEOUT_SECONDS = 60;

export interface EmbeddedDatabaseOptions extends ServerOptions {
  /** Called when the server is lost, when it is back, and with the reason why it can't restart. */
  readonly onEvent?: (event: "lost" | "restored" | "not restored", error?: unknown) => void;
}

export interface EmbeddedDatabase {
  /** The application's role, database and password. */
  readonly url: string;
  /** Releases this process's use of the server; the last process to do so stops it. */
  release(): Promise<void>;
}

/** Every process that uses the server holds this lock in shared mode, in its own session. If it is free, the caller is the last one. */
const IN_USE_LOCK = ADVISORY_LOCKS.embeddedInUse;
const CONNECT_TIMEOUT_MS = 5000;
/** After a crash the server reports "starting up" until it has recovered. */
const START_TIMEOUT_MS = 120_000;
const RETRY_MS = 100;
const RESTORE_RETRY_MS = 1000;

export function hasEmbeddedDatabase(dataDir: string): boolean {
  return isInitialized(embeddedPaths(dataDir).cluster);
}

/**
 * This process's share in the embedded PostgreSQL of a data directory. The server is made and started when needed, one
 * that a killed process left behind is used as it is, and one that dies is started again. Throws a SetupError.
 */
export async function acquireEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { session: first, url } = await join(options);
  let session = first;
  let isReleased = false;

  async function restore(): Promise<void> {
    options.onEvent?.("lost");
    while (!isReleased) {
      try {
        ({ session } = await join(options));
        watch();
        options.onEvent?.("restored");
        return;
      } catch (error) {
        options.onEvent?.("not restored", error);
        await sleep(RESTORE_RETRY_MS);
      }
    }
  }

  function watch(): void {
    session.once("end", () => {
      if (!isReleased) void restore();
    });
  }

  async function release(): Promise<void> {
    isReleased = true;
    const paths = embeddedPaths(options.dataDir);
    await withFileLock(paths.lock, async () => {
      if (await isLast(session)) await stopServer(cluster(paths.cluster));
    });
    await session.end();
  }

  watch();
  return { url, release };
}

async function join(options: ServerOptions): Promise<{ session: DatabaseClient; url: string }> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    const url = await openServer(options);
    const session = new DatabaseClient({
      connectionString: url,
      application_name: "daai-console in use",
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    try {
      await session.connect();
      await session.query("SELECT pg_advisory_lock_shared($1)", [IN_USE_LOCK]);
      return { session, url };
    } catch (error) {
      await session.end().catch(() => undefined);
      // The last user was just stopping it, or it recovers. A wrong password does not get better.
      const code = (error as { code?: string }).code ?? "";
      if (code.startsWith("28") || waitedMs > START_TIMEOUT_MS) {
        throw new SetupError(
          `The embedded PostgreSQL refuses the console (${(error as Error).message}): restore postgres.json in the data directory from your backup.`,
        );
      }
      await sleep(RETRY_MS);
    }
  }
}

async function isLast(session: DatabaseClient): Promise<boolean> {
  try {
    await session.query("SELECT pg_advisory_unlock_shared($1)", [IN_USE_LOCK]);
    const { rows } = await session.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [IN_USE_LOCK]);
    return rows[0]?.free ?? false;
  } catch {
    // The server is down, so there is nothing to stop.
    return false;
  }
}

/** Ends every session and stops the cluster's server, if one runs, with a checkpoint, so that the next start is quick. */
async function stopServer(of: Cluster): Promise<void> {
  if (!findRunningServer(of)) return;
  await runProgram(of, "pgCtl", ["stop", "-m", "fast", "-w", "-t", String(TIMEOUT_SECONDS), "-D", of.dirAsSeen]);
}
