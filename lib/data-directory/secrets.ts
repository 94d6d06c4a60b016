import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { embeddedPaths } from "@/lib/embedded-postgres/embedded-paths";
import { SetupError } from "@/lib/errors/setup-error";
import { withFileLock } from "@/lib/file-lock.mjs";

const MAKERS = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64"),
  DAAI_KEY_PEPPER: () => randomBytes(32).toString("base64"),
  DAAI_LOG_SIGNING_KEY: () => generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
};

export type SecretName = keyof typeof MAKERS;
export const SECRET_NAMES = Object.keys(MAKERS) as [SecretName, ...SecretName[]];

/** Keys of the log that came before, as the setting of that name has them. */
const EARLIER = "DAAI_LOG_EARLIER_KEYS";

type Secrets = Partial<Record<SecretName | typeof EARLIER, string>>;
type MadeSecrets = Record<SecretName, string> & Secrets;

/** Whether the data directory holds every secret of an installation. */
export function hasSecrets(dataDir: string): boolean {
  return isWhole(read(join(dataDir, "secrets.json")));
}

/** The secrets of this installation, made on the first call and kept in the data directory, readable by its owner alone. */
export async function openSecrets(dataDir: string): Promise<MadeSecrets> {
  const path = join(dataDir, "secrets.json");
  // The file is only ever replaced whole, so that reading it needs no lock, and no room on the disk.
  const made = read(path);
  if (isWhole(made)) return made;
  return withFileLock(join(dataDir, "secrets.lock"), async () => {
    // New secrets would make every key, link and session of an existing database worthless.
    if (!existsSync(path) && existsSync(embeddedPaths(dataDir).cluster)) {
      throw new SetupError(`${path} is missing, and the database's keys don't work without it: restore it from your backup.`);
    }
    const known = read(path);
    if (isWhole(known)) return known;
    const secrets = { ...known, ...Object.fromEntries(SECRET_NAMES.map((name) => [name, known[name] ?? MAKERS[name]()])) } as MadeSecrets;
    write(path, secrets);
    return secrets;
  });
}

function isWhole(secrets: Secrets): secrets is MadeSecrets {
  return SECRET_NAMES.every((name) => secrets[name]);
}

export interface LogSecrets {
  readonly signingKey: string;
  readonly earlierKeys: readonly string[];
}

/** Writes other keys of the log. False: the data directory has none, because they come from the settings. */
export function changeLogSecrets(dataDir: string, change: (known: LogSecrets) => LogSecrets): Promise<boolean> {
  const path = join(dataDir, "secrets.json");
  return withFileLock(join(dataDir, "secrets.lock"), () => {
    const known = read(path);
    if (!known.DAAI_LOG_SIGNING_KEY) return Promise.resolve(false);
    const earlierKeys = known.DAAI_LOG_EARLIER_KEYS?.split(",") ?? [];
    const changed = change({ signingKey: known.DAAI_LOG_SIGNING_KEY, earlierKeys });
    write(path, { ...known, DAAI_LOG_SIGNING_KEY: changed.signingKey, [EARLIER]: changed.earlierKeys.join(",") });
    return Promise.resolve(true);
  });
}

export const makeLogSigningKey = MAKERS.DAAI_LOG_SIGNING_KEY;

function read(path: string): Secrets {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Secrets;
  } catch (error) {
    throw new SetupError(
      `${path} can't be read (${(error as Error).message}): start the console as the account that created it, or restore it from your backup.`,
    );
  }
}

function write(path: string, secrets: Secrets): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
