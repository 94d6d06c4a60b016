import { hasNoConnectionLeft, isDiskFull } from "@/lib/errors/database-errors";
import { explainDatabaseFailure } from "@/lib/errors/explain-database-failure";
import { NoWritableHostError } from "@/lib/errors/no-writable-host-error";
import { SetupError } from "@/lib/errors/setup-error";
import { readDatabaseAddress } from "@/lib/net/database-address";
import { DatabaseClient } from "./database-client";

const CONNECT_TIMEOUT_MS = 10_000;
const OLDEST_VERSION = 15;

/** Opens one connection for setup. Throws a SetupError that explains why the database can't be used, without its password. */
export async function connectOrExplain(databaseUrl: string, applicationName: string): Promise<DatabaseClient> {
  const client = new DatabaseClient({
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  const where = readDatabaseAddress(databaseUrl).names;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int / 10000 AS version");
    const version = rows[0]?.version ?? 0;
    if (version >= OLDEST_VERSION) return client;
    throw new SetupError(`The database at ${where} is PostgreSQL ${version}; the console needs ${OLDEST_VERSION} or newer.`);
  } catch (error) {
    await client.end().catch(() => undefined);
    if (error instanceof SetupError) throw error;
    if (hasNoConnectionLeft(error) || isDiskFull(error)) throw new SetupError(explainDatabaseFailure(error) ?? where);
    const { code = "", message } = error as { code?: string; message: string };
    const codes = error instanceof NoWritableHostError ? error.failures.map((failure) => failure.error.code ?? "") : [code];
    const advice = codes.some((one) => /^(28|3D|42)/.test(one))
      ? "check the user, password and database in DATABASE_URL"
      : "check that it runs and that DATABASE_URL is right";
    throw new SetupError(`The database at ${where} cannot be used (${message || code}): ${advice}.`);
  }
}
