import { existsSync } from "node:fs";
import { openDataDirectory } from "@/lib/data-directory/open-data-directory";
import { openSecrets, SECRET_NAMES } from "@/lib/data-directory/secrets";
import { migrate } from "@/lib/db/migrate";
import { acquireEmbeddedDatabase, type EmbeddedDatabase } from "@/lib/embedded-postgres/embedded-database";
import { forgetEnv, getEnv, readSettings, SettingsError, type Env, type Settings } from "@/lib/env";
import { logger } from "@/lib/logger";

export interface Runtime {
  readonly env: Env;
  readonly isEmbedded: boolean;
  close(): Promise<void>;
}

/** Reads `.env`, where there is one, and checks every setting. Throws a SettingsError with a sentence for each mistake. */
export function loadSettings(): Settings {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const settings = readSettings();
  const missing = SECRET_NAMES.filter((name) => !settings[name]);
  if (settings.NODE_ENV === "production" && settings.DATABASE_URL && missing.length > 0) {
    throw new SettingsError(
      missing.map(
        (name) => `${name} must be set when NODE_ENV=production and DATABASE_URL are: other servers on that database need the same one.`,
      ),
    );
  }
  return settings;
}

/**
 * Makes ready what every program of the console needs: secrets, a running and migrated database. What it made goes into
 * process.env, where `getEnv` and Next find it. Throws a SetupError.
 */
export async function openRuntime(settings: Settings, say: (message: string) => void): Promise<Runtime> {
  const isEmbedded = !settings.DATABASE_URL;
  const needsDataDir = isEmbedded || SECRET_NAMES.some((name) => !settings[name]);
  const dataDir = needsDataDir ? openDataDirectory(settings.DAAI_DATA_DIR) : settings.DAAI_DATA_DIR;
  const secrets = SECRET_NAMES.every((name) => settings[name]) ? {} : await openSecrets(dataDir);
  const embedded = isEmbedded ? await acquireEmbeddedDatabase({ dataDir, onEvent: logDatabaseEvent }) : null;
  try {
    const given: Record<string, string> = Object.fromEntries(
      SECRET_NAMES.flatMap((name) => (settings[name] ? [[name, settings[name]]] : [])),
    );
    // The log's keys belong together: a key from the settings does not go on with the ones of the data directory.
    if (settings.DAAI_LOG_SIGNING_KEY || settings.DAAI_LOG_EARLIER_KEYS.length > 0)
      given.DAAI_LOG_EARLIER_KEYS = settings.DAAI_LOG_EARLIER_KEYS.join(",");
    Object.assign(
      process.env,
      secrets,
      given,
      { DAAI_DATA_DIR: dataDir },
      embedded && { DATABASE_URL: embedded.url, DATABASE_DIRECT_URL: embedded.url },
    );
    forgetEnv();
    const env = getEnv();
    await migrate({
      databaseUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
      onApply: (name) => say(`Applied migration ${name}.`),
      onWait: () => say("Another server is migrating the database; waiting for it …"),
    });
    return { env, isEmbedded, close: () => release(embedded) };
  } catch (error) {
    await release(embedded);
    throw error;
  }
}

async function release(embedded: EmbeddedDatabase | null): Promise<void> {
  await embedded?.release();
}

function logDatabaseEvent(event: "lost" | "restored" | "not restored", error?: unknown): void {
  if (event === "restored") logger.info("The embedded PostgreSQL is back.");
  else if (event === "lost") logger.warn("The embedded PostgreSQL went away; it is started again.");
  else logger.error({ error }, "The embedded PostgreSQL could not be started; trying again.");
}
