import { hasNoConnectionLeft, isConnectionError, isDiskFull } from "./database-errors";
import { NoWritableHostError } from "./no-writable-host-error";

/** The most connections that one process of the console opens; see the documentation of self-hosting. */
export const MOST_CONNECTIONS = 45;

/** What a person at the terminal can do about a database that fails; null when it did not. */
export function explainDatabaseFailure(error: unknown): string | null {
  if (isDiskFull(error)) return "The database's disk is full: free some space, then try again.";
  if (hasNoConnectionLeft(error)) {
    return `The database has no connection left for this process: a process of the console opens up to ${MOST_CONNECTIONS}. Raise max_connections or the role's CONNECTION LIMIT, or run fewer processes.`;
  }
  if (error instanceof NoWritableHostError) {
    return `${error.message}: check that one of them is the primary, and that DATABASE_URL and DATABASE_DIRECT_URL are correct.`;
  }
  return isConnectionError(error)
    ? "The database can't be reached: check that it's running (the embedded one runs while the console does), and that DATABASE_URL and DATABASE_DIRECT_URL are correct."
    : null;
}
