import { withFileLock } from "@/lib/file-lock.mjs";
import { SetupError } from "@/lib/errors/setup-error";
import { cluster } from "./cluster";
import { databaseUrl, newConnection, readConnection, ROLE, writeConnection } from "./connection-file";
import { embeddedPaths } from "./embedded-paths";
import { initialiseCluster, isInitialised } from "./initialise-cluster";
import { startServer, type ServerSettings } from "./start-server";

export interface ServerOptions {
  /** Absolute; it exists and can be written. */
  readonly dataDir: string;
  readonly settings?: ServerSettings;
  /** For tests, which make databases of their own. */
  readonly canCreateDatabases?: boolean;
}

/** Makes the database on the first call and starts its server if it does not run. Returns the application's connection string. */
export function openServer({ dataDir, settings, canCreateDatabases }: ServerOptions): Promise<string> {
  const paths = embeddedPaths(dataDir);
  return withFileLock(paths.lock, async () => {
    if (!isInitialised(paths.cluster)) {
      const connection = newConnection();
      writeConnection(paths.connection, connection);
      await initialiseCluster(paths.cluster, { name: ROLE, password: connection.password, canCreateDatabases }).catch((error: Error) => {
        throw new SetupError(
          `The embedded PostgreSQL could not be made in ${dataDir} (${error.message}): correct the cause and start again.`,
        );
      });
    }
    const connection = readConnection(paths.connection);
    const port = await startServer(cluster(paths.cluster), connection.port, settings);
    if (port !== connection.port) writeConnection(paths.connection, { ...connection, port });
    return databaseUrl(connection, port);
  });
}
