import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { explainDatabaseFailure } from "@/lib/errors/explain-database-failure";
import { SetupError } from "@/lib/errors/setup-error";
import { logger } from "@/lib/logger";
import { buildPackages } from "@/scripts/packages/build-packages";
import { buildApp } from "./build-app";
import { listen, requireFreePort } from "./listen";
import { logConsole, logCrash } from "./log-console";
import { loadSettings, openRuntime } from "./open-runtime";
import { startMessage } from "./start-message";
import { watchStopSignals } from "./watch-stop-signals";

type CleanUp = () => Promise<void>;

/** An unresponsive database must not keep the process running. */
const CLEAN_UP_MS = 10_000;

/** `npm start`: from checked settings to a running console, and back when the process is stopped. */
export async function startConsole({ isDev }: { isDev: boolean }): Promise<void> {
  const stop = watchStopSignals();
  const cleanUps: CleanUp[] = [];
  try {
    await start(isDev, stop, (cleanUp) => cleanUps.unshift(cleanUp));
    if (!stop.aborted) await once(stop, "abort");
  } catch (error) {
    const failure = explainDatabaseFailure(error);
    if (!stop.aborted) throw failure === null ? error : new SetupError(failure, { cause: error });
  } finally {
    for (const cleanUp of cleanUps) {
      const done = cleanUp().catch((error: unknown) => logger.error({ err: error }, "A part of the console didn't stop cleanly."));
      await Promise.race([done, sleep(CLEAN_UP_MS)]);
    }
  }
  // Next leaves timers and workers behind.
  process.exit(0);
}

/** `atEnd` collects what to undo, the latest first. Throws when `stop` is aborted meanwhile. */
async function start(isDev: boolean, stop: AbortSignal, atEnd: (cleanUp: CleanUp) => void): Promise<void> {
  const say = (message: string) => void process.stdout.write(`${message}\n`);
  const settings = loadSettings();
  const isServer = settings.DAAI_WORKER !== "only";
  const isWorker = settings.DAAI_WORKER !== "off";
  if (isServer) await requireFreePort(settings);
  if (settings.DAAI_METRICS_PORT !== undefined) await requireFreePort(settings, "DAAI_METRICS_PORT");
  // Next and React choose their builds by it when they are loaded, so they are loaded later.
  Object.assign(process.env, { NODE_ENV: isDev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  // Before the database is touched: where the pages cannot be built, the previous release can still be started.
  if (isServer) await (isDev ? buildPackages(stop) : buildApp(say, stop));
  if (!isDev) {
    for (const restore of [logConsole(), logCrash()]) atEnd(() => Promise.resolve(restore()));
  }

  // Loading them and opening the database wait for each other's idle time.
  const modules = Promise.all([
    import("@/lib/db/client"),
    import("@/lib/db/fail-fast-if-database-down"),
    isWorker ? import("@/lib/jobs/worker") : null,
    isServer ? import("./server") : null,
    settings.DAAI_METRICS_PORT === undefined ? null : import("@/lib/http/gate/metrics-server"),
  ]);
  modules.catch(() => {});
  const { env, isEmbedded, close } = await openRuntime(settings, { say });
  atEnd(close);
  // Where next-auth looks for the address that decides about secure cookies and redirects.
  process.env.NEXTAUTH_URL = `${env.DAAI_PUBLIC_URL}/api/auth`;
  stop.throwIfAborted();

  const [db, { allowSlowPings, expectQuickPings }, jobs, serving, metering] = await modules;
  atEnd(db.disconnectDb);
  // A database that a busy machine keeps waiting is no reason to give up the start.
  allowSlowPings();
  // It waits for the database, the server for the processor.
  const worker = jobs?.startWorker();
  const startedWorker = worker?.catch(() => null);
  atEnd(async () => (await startedWorker)?.stop());
  const server = await serving?.startServer(env, isDev);
  if (server) atEnd(() => server.close());
  if (metering) {
    const metrics = metering.createMetricsServer();
    await listen(metrics, env, "DAAI_METRICS_PORT");
    atEnd(() => closeAtOnce(metrics));
  }
  await worker;
  const setupCode = serving ? await offeredSetupCode() : null;
  expectQuickPings();
  say(startMessage(env, { isEmbedded, setupCode }));
}

/** A scrape in flight is worth no wait. */
function closeAtOnce(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

/** Loaded late, like everything that knows the database. */
async function offeredSetupCode(): Promise<string | null> {
  const [{ openSetupCode }, { visitorContext }] = await Promise.all([import("@/lib/users/setup-code"), import("@/lib/auth/contexts")]);
  return openSetupCode(visitorContext());
}
