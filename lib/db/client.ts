import { PrismaPg } from "@prisma/adapter-pg";
import { getEnv } from "@/lib/env";
import { DatabaseClient } from "./database-client";
import { PrismaClient } from "./generated/client";

export type { Prisma } from "./generated/client";

/**
 * How long a query waits for a connection, long enough for a busy machine. Not used to detect a lost database: a refused connection fails
 * immediately, and `failFastIfDatabaseDown` notices an unresponsive one sooner.
 */
export const CONNECT_TIMEOUT_MS = 5000;
export const POOL_SIZE = 16;
/** How long a connection may be silent before it is dropped. */
const QUERY_TIMEOUT_MS = 30_000;

/**
 * Enough for every statement of the application. Bounded, because statements with lists of varying length would fill the server's memory.
 */
const MAX_STATEMENT_NAMES = 500;
const statementNames = new Map<string, string>();

// Next bundles its own copy of this module; both copies share one pool.
const shared = globalThis as typeof globalThis & { daaiPrisma?: PrismaClient };

/** The process's one Prisma client, connected lazily to the primary database. */
export function getDb(): PrismaClient {
  return (shared.daaiPrisma ??= makeClient());
}

function makeClient(): PrismaClient {
  const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL } = getEnv();
  const isPooled = DATABASE_DIRECT_URL !== DATABASE_URL;
  return new PrismaClient({
    // Error messages are stored with failed deliveries and logged, so they must not contain source lines or paths.
    errorFormat: "minimal",
    adapter: new PrismaPg(
      {
        Client: DatabaseClient,
        connectionString: DATABASE_URL,
        application_name: "daai-console",
        max: POOL_SIZE,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        query_timeout: QUERY_TIMEOUT_MS,
        keepAlive: true,
      },
      // A pooler in transaction mode may run the next statement in another session, where it is not prepared.
      isPooled ? {} : { statementNameGenerator: statementName },
    ),
  });
}

/** Drops the pool without waiting for queries in flight. The next query opens a new one. */
export function resetConnectionPool(): void {
  disconnectDb().catch(() => {});
}

export async function disconnectDb(): Promise<void> {
  const client = shared.daaiPrisma;
  delete shared.daaiPrisma;
  await client?.$disconnect();
}

/** Returns the prepared statement's name for a query text, so that PostgreSQL plans it once per connection. Empty: not prepared. */
function statementName({ sql }: { sql: string }): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size >= MAX_STATEMENT_NAMES) return "";
  const name = `daai_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}
