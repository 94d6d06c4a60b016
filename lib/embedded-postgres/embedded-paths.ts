import { join } from "node:path";

/** Where a data directory keeps its embedded PostgreSQL. */
export function embeddedPaths(dataDir: string) {
  return {
    cluster: join(dataDir, "postgres"),
    connection: join(dataDir, "postgres.json"),
    /** Held while the server is made, started or stopped. */
    lock: join(dataDir, "postgres.lock"),
  };
}
