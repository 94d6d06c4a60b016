/** Prisma's codes for a database that is away, refuses, timed out or dropped the connection, and for an exhausted pool. */
const PRISMA_CONNECTION_CODES = new Set(["P1000", "P1001", "P1002", "P1003", "P1008", "P1010", "P1011", "P1017", "P2024", "P2028"]);
/** PostgreSQL: class 08 connection exceptions, 57P0x shutdown, class 53 no disk, memory or connections left, 25006 a standby. */
const SQLSTATE = /^(08...|57P0[1-5]|53[0-3]00|25006)$/;
/** A number out of range, a text that is no value of its type, and a character that no text holds. */
const UNSTORABLE = new Set(["22003", "22P02", "22P05"]);
const DISK_FULL = "53100";
const TOO_MANY_CONNECTIONS = "53300";
const SOCKET_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"]);
const MESSAGES =
  /connection terminated|terminating connection|timeout exceeded when trying to connect|connection timeout|can't reach database|server closed the connection|no space left on device|database system is (starting up|shutting down|in recovery)|DatabaseNotReachable|ConnectionClosed|SocketTimeout|database does not answer|query read timeout|after calling end on the pool|connection error and is not queryable/i;

/** Whether the outcome is unknown because the database could not be reached, went away or has no room: worth a 503, never a decision. */
export function isConnectionError(error: unknown): boolean {
  return causesOf(error).some(({ codes, message }) => {
    if (codes.some((value) => PRISMA_CONNECTION_CODES.has(value) || SQLSTATE.test(value) || SOCKET_CODES.has(value))) return true;
    return MESSAGES.test(message);
  });
}

/** Whether a write failed because the disk is full. Someone has to free space. */
export function isDiskFull(error: unknown): boolean {
  return causesOf(error).some(({ codes, message }) => codes.includes(DISK_FULL) || /no space left on device/i.test(message));
}

/** Whether the server, or its limit for this role, has no connection left. */
export function hasNoConnectionLeft(error: unknown): boolean {
  return causesOf(error).some(
    ({ codes, message }) => codes.includes(TOO_MANY_CONNECTIONS) || /too many (clients|connections)/i.test(message),
  );
}

/** Whether the database can't store this value, however often it is retried. */
export function isUnstorable(error: unknown): boolean {
  return causesOf(error).some(({ codes }) => codes.some((code) => UNSTORABLE.has(code)));
}

/** An error, what it was caused by, and what Prisma keeps of the driver's. */
function causesOf(error: unknown): { codes: string[]; message: string }[] {
  const causes: { codes: string[]; message: string }[] = [];
  for (let cause: unknown = error, depth = 0; cause instanceof Object && depth < 5; depth++) {
    const { code, message, kind, originalCode, meta } = cause as Record<string, unknown>;
    const codes = [code, kind, originalCode, (meta as { code?: unknown } | undefined)?.code];
    causes.push({ codes: codes.filter((value) => typeof value === "string"), message: typeof message === "string" ? message : "" });
    cause = (cause as { cause?: unknown }).cause ?? (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  }
  return causes;
}
