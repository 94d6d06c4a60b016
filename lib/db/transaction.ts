import { CONNECT_TIMEOUT_MS } from "./client";
import { failFastIfDatabaseDown } from "./fail-fast-if-database-down";
import type { Prisma, PrismaClient } from "./generated/client";

/** A client or an open transaction that queries and commands run on. */
export type Db = PrismaClient | Prisma.TransactionClient;

const TIMEOUT_MS = 10_000;

/** Runs `fn` in a transaction, reusing `db` if it is one. */
export async function inTransaction<T>(db: Db, fn: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  if (!("$transaction" in db)) return fn(db);
  try {
    return await failFastIfDatabaseDown(db.$transaction(fn, { maxWait: CONNECT_TIMEOUT_MS, timeout: TIMEOUT_MS }));
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome as T;
    throw error;
  }
}

/** Rolls back the open transaction and returns `outcome` as its result. */
export function rollBack(outcome: object): never {
  throw new RolledBack(outcome);
}

class RolledBack extends Error {
  constructor(readonly outcome: object) {
    super("rolled back");
  }
}

/** The database's time, to the millisecond. Every deadline is checked against it. */
export async function databaseNow(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  if (!row) throw new Error("The database did not tell its time.");
  return row.now;
}
