import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openDataDirectory } from "@/lib/data-directory/open-data-directory";
import { hasSecrets, openSecrets, SECRET_NAMES } from "@/lib/data-directory/secrets";
import { connectOrExplain } from "@/lib/db/connect-or-explain";
import { migrate, requireMigrated } from "@/lib/db/migrate";
import { receivesNotifications } from "@/lib/db/receives-notifications";
import { acquireEmbeddedDatabase, type EmbeddedDatabase, hasEmbeddedDatabase } from "@/lib/embedded-postgres/embedded-database";
import { type Env, getEnv, readSettings, resetEnvCache, type Settings, SettingsError } from "@/lib/env";
import { SetupError } from "@/lib/errors/setup-error";
import { logger } from "@/lib/logger";
import { findOtherSecrets } from "./check-secrets";

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

export interface RuntimeOptions {
  readonly say: (message: string) => void;
  /**
   * `make` what is missing and migrate, as a start does (the default); `migrate` a console that is there; `use` one that is there and of
   * this release; take it as it is, to `look` at it; or make an empty one to `restore` a backup into.
   */
  readonly mode?: "make" | "migrate" | "use" | "look" | "restore";
}

/**
 * Makes ready what every program of the console needs: secrets, a running and migrated database. What it made goes into
 * process.env, where `getEnv` and Next find it. Throws a SetupError.
 */
export async function openRuntime(settings: Settings, { say, mode = "make" }: RuntimeOptions): Promise<Runtime> {
  const isEmbedded = !settings.DATABASE_URL;
  const needsDataDir = isEmbedded || SECRET_NAMES.some((name) => !settings[name]);
  if (mode !== "make" && mode !== "restore") requireConsole(settings);
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
    resetEnvCache();
    const env = getEnv();
    const databaseUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
    if (mode === "use" || mode === "migrate") await requireMigrated(databaseUrl, { mayBeOlder: mode === "migrate" });
    if (mode === "make") await requireSessions(env);
    if (mode === "make" || mode === "migrate") {
      await migrate({
        databaseUrl,
        onApply: (name) => say(`Applied migration ${name}.`),
        onWait: () => say("Another server is migrating the database; waiting for it …"),
      });
    }
    if (mode !== "look" && mode !== "restore") await requireSecrets(databaseUrl, mode === "make" ? say : () => undefined);
    return { env, isEmbedded, close: () => release(embedded) };
  } catch (error) {
    await release(embedded);
    throw error;
  }
}

/** Whoever gives a command in the wrong folder, or without the service's settings, means no new console. */
function requireConsole(settings: Settings): void {
  const dataDir = resolve(settings.DAAI_DATA_DIR);
  const isHere = settings.DATABASE_URL ? SECRET_NAMES.every((name) => settings[name]) || hasSecrets(dataDir) : hasEmbeddedDatabase(dataDir);
  if (isHere) return;
  throw new SetupError(
    settings.DATABASE_URL
      ? `The secrets of the console on that database are neither set nor in ${dataDir}: run this command with the console's settings.`
      : `No console found in ${dataDir}: start it once (npm start), or run this command with the console's DATABASE_URL or DAAI_DATA_DIR.`,
  );
}

/** Behind a pooler in transaction mode the worker loses its prepared statements and locks, and no mail leaves. */
async function requireSessions({ DATABASE_DIRECT_URL, DATABASE_URL }: Env): Promise<void> {
  const databaseUrl = DATABASE_DIRECT_URL ?? DATABASE_URL;
  for (const url of new Set([databaseUrl, DATABASE_URL])) await (await connectOrExplain(url, "daai-console")).end();
  if (await receivesNotifications(databaseUrl)) return;
  throw new SetupError(
    DATABASE_DIRECT_URL
      ? "DATABASE_DIRECT_URL also goes through a pooler in transaction mode: set it to the address of PostgreSQL itself."
      : "DATABASE_URL goes through a pooler in transaction mode: also set DATABASE_DIRECT_URL to the address of PostgreSQL itself, for the worker and for live updates.",
  );
}

/** With another pepper or signing key a console would go on, and everything it writes be worthless. */
async function requireSecrets(databaseUrl: string, warn: (message: string) => void): Promise<void> {
  const other = await findOtherSecrets(databaseUrl, { record: true });
  const required = other.filter(({ isRequired }) => isRequired);
  if (required.length > 0) throw new SetupError(required.map(({ sentence }) => sentence).join("\n"));
  for (const { sentence } of other) warn(`Warning: ${sentence}`);
}

async function release(embedded: EmbeddedDatabase | null): Promise<void> {
  await embedded?.release();
}

function logDatabaseEvent(event: "lost" | "restored" | "not restored", error?: unknown): void {
  if (event === "restored") logger.info("The embedded PostgreSQL is back.");
  else if (event === "lost") logger.warn("The embedded PostgreSQL stopped; restarting it.");
  else logger.error({ error }, "The embedded PostgreSQL couldn't be started; trying again.");
}
