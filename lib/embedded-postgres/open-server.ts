import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { SetupError } from "@/lib/errors/setup-error";
import { withFileLock } from "@/lib/file-lock.mjs";
import { cluster } from "./cluster";
import { embeddedPaths } from "./embedded-paths";
import { initializeCluster, isInitialized } from "./initialize-cluster";
import { type ServerSettings, startServer } from "./start-server";

const ROLE = "daai";

export interface ServerOptions {
  /** Absolute; it exists and can be written. */
  readonly dataDir: string;
  readonly settings?: ServerSettings;
  /** For tests, which create their own databases. */
  readonly canCreateDatabases?: boolean;
}

/** Makes the database on the first call and starts its server if it does not run. Returns the application's connection string. */
export function openServer({ dataDir, settings, canCreateDatabases }: ServerOptions): Promise<string> {
  const paths = embeddedPaths(dataDir);
  return withFileLock(paths.lock, async () => {
    if (!isInitialized(paths.cluster)) {
      const connection = newConnection();
      writeConnection(paths.connection, connection);
      await initializeCluster(paths.cluster, { name: ROLE, password: connection.password, canCreateDatabases }).catch((error: Error) => {
        throw new SetupError(
          `The embedded PostgreSQL couldn't be created in ${dataDir} (${error.message}): fix the cause and start again.`,
        );
      });
    }
    const connection = readConnection(paths.connection);
    const port = await startServer(cluster(paths.cluster), connection.port, settings);
    if (port !== connection.port) writeConnection(paths.connection, { ...connection, port });
    return databaseUrl(connection, port);
  });
}

/** The connection string of the embedded database, stored beside it and readable only by the console's account. */
interface Connection {
  readonly port: number | null;
  readonly password: string;
}

function newConnection(): Connection {
  return { port: null, password: randomBytes(24).toString("hex") };
}

function readConnection(path: string): Connection {
  if (!existsSync(path)) throw new SetupError(`${path}, which has the database's password, is missing: restore it from your backup.`);
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Connection;
  } catch {
    throw new SetupError(`${path} can't be read: restore it from your backup, or start the console as the account that created it.`);
  }
}

function writeConnection(path: string, connection: Connection): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function databaseUrl(connection: Connection, port: number): string {
  return `postgresql://${ROLE}:${connection.password}@127.0.0.1:${port}/${ROLE}`;
}
