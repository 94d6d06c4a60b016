import { Client } from "pg";
import { hasNoConnectionLeft, isDiskFull } from "@/lib/errors/database-errors";
import { explainDatabaseFailure } from "@/lib/errors/explain-database-failure";
import { SetupError } from "@/lib/errors/setup-error";

const CONNECT_TIMEOUT_MS = 10_000;
const OLDEST_VERSION = 15;

/** Opens one connection for setup. Throws a SetupError that explains why the database can't be used, without its password. */
export async function connectOrExplain(databaseUrl: string, applicationName: string): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on("error", () => undefined);
  const where = `${client.host}:${client.port}`;
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
    const advice = /^(28|3D|42)/.test(code)
      ? "check the user, password and database in DATABASE_URL"
      : "check that it runs and that DATABASE_URL is right";
    throw new SetupError(`The database at ${where} cannot be used (${message || code}): ${advice}.`);
  }
}
