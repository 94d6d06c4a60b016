import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { binariesIn, type ServerBinaries } from "@/lib/embedded-postgres/server-binaries";

export interface InstalledServer {
  readonly name: string;
  /** undefined: the embedded one. */
  readonly binaries: ServerBinaries | undefined;
}

/** Debian keeps each PostgreSQL version in a folder of its own. */
const DEBIAN_HOME = "/usr/lib/postgresql";
const OLDEST_VERSION = 15;

/** The embedded PostgreSQL, and every supported version that this machine has besides. */
export function installedServers(): InstalledServer[] {
  const versions = existsSync(DEBIAN_HOME) ? readdirSync(DEBIAN_HOME).filter((version) => Number(version) >= OLDEST_VERSION) : [];
  return [
    { name: "embedded", binaries: undefined },
    ...versions.map((version) => ({ name: version, binaries: binariesIn(join(DEBIAN_HOME, version, "bin")) })),
  ];
}
