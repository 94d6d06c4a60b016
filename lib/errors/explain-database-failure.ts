import { hasNoConnectionLeft, isConnectionError, isDiskFull } from "./database-errors";

/** The most connections that one process of the console opens; see the documentation of self-hosting. */
export const MOST_CONNECTIONS = 45;

/** What a person at the terminal can do about a database that fails; null when it did not. */
export function explainDatabaseFailure(error: unknown): string | null {
  if (isDiskFull(error)) return "The disk of the database is full. Free space, then try again.";
  if (hasNoConnectionLeft(error)) {
    return `The database has no connection left for this process. A process of the console opens up to ${MOST_CONNECTIONS}. Raise max_connections or the role's CONNECTION LIMIT, or run fewer processes.`;
  }
  return isConnectionError(error)
    ? "The database can't be reached. Check that it is running (the embedded one runs while the console does), and that DATABASE_URL and DATABASE_DIRECT_URL are right."
    : null;
}
