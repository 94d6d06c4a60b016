import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseClient } from "@/lib/db/database-client";
import { getEnv } from "@/lib/env";

const CONNECT_MS = 5000;
/** A commit that waits for a standby is not asked again meanwhile: each time would hold one more of the server's sessions. */
const GIVEN_UP_MS = 5 * 60_000;
/** Frequent callers share a cached result. */
const CACHE_MS = 1000;

interface Probe {
  readonly askedAt: number;
  readonly done: Promise<void>;
}

// Next bundles its own copy of this module: one process, one probe.
const shared = globalThis as typeof globalThis & { daaiWriteProbe?: Probe };

/**
 * Resolves when the database has committed something: reading works too where a commit waits for a standby that is away, on a standby
 * itself and on a full disk. "waiting": not within this time. Throws what the database answers.
 */
export async function takesWrites(timeoutMs: number): Promise<"yes" | "waiting"> {
  const { askedAt, done } = (shared.daaiWriteProbe ??= startProbe());
  const leftMs = Math.max(0, askedAt + timeoutMs - performance.now());
  const timeIsUp = new AbortController();
  try {
    return await Promise.race([done.then(() => "yes" as const), sleep(leftMs, "waiting" as const, { signal: timeIsUp.signal })]);
  } finally {
    timeIsUp.abort();
  }
}

function startProbe(): Probe {
  const done = commit();
  const probe = { askedAt: performance.now(), done };
  const forget = () => {
    if (shared.daaiWriteProbe === probe) delete shared.daaiWriteProbe;
  };
  done.then(() => setTimeout(forget, CACHE_MS).unref(), forget);
  return probe;
}

/** A message in the write-ahead log that nobody reads: it is committed like any other change, and leaves no row. */
async function commit(): Promise<void> {
  const client = new DatabaseClient({
    connectionString: getEnv().DATABASE_URL,
    application_name: "daai-console readiness",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: GIVEN_UP_MS,
    keepAlive: true,
  });
  try {
    await client.connect();
    await client.query("SELECT pg_logical_emit_message(true, 'daai-console', 'ready')");
  } finally {
    await client.end().catch(() => undefined);
  }
}
