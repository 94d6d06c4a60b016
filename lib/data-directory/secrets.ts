import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { embeddedPaths } from "@/lib/embedded-postgres/embedded-paths";
import { withFileLock } from "@/lib/file-lock";
import { SetupError } from "@/lib/setup-error";

const MAKERS = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64"),
  DAAI_KEY_PEPPER: () => randomBytes(32).toString("base64"),
  DAAI_LOG_SIGNING_KEY: () => generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
};

export type SecretName = keyof typeof MAKERS;
export const SECRET_NAMES = Object.keys(MAKERS) as readonly SecretName[];

type Secrets = Partial<Record<SecretName, string>>;

/** The secrets of this installation, made on the first call and kept in the data directory, readable by its owner alone. */
export function openSecrets(dataDir: string): Promise<Required<Secrets>> {
  const path = join(dataDir, "secrets.json");
  return withFileLock(join(dataDir, "secrets.lock"), async () => {
    // New secrets would make every key, link and session of an existing database worthless.
    if (!existsSync(path) && existsSync(embeddedPaths(dataDir).cluster)) {
      throw new SetupError(`${path} is missing, and the database's keys are worth nothing without it: restore it from your backup.`);
    }
    const known = read(path);
    const secrets = Object.fromEntries(SECRET_NAMES.map((name) => [name, known[name] ?? MAKERS[name]()])) as Required<Secrets>;
    if (SECRET_NAMES.some((name) => !known[name])) write(path, secrets);
    return secrets;
  });
}

function read(path: string): Secrets {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Secrets;
  } catch (error) {
    throw new SetupError(`${path} cannot be read (${(error as Error).message}): start the console as the account that made it, or restore it from your backup.`);
  }
}

function write(path: string, secrets: Secrets): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
