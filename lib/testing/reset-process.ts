import { vi } from "vitest";
import { testSettings } from "./test-settings";

/** As the process was before its first test file: a file may make later ones load this module again. */
const shared = globalThis as typeof globalThis & { daaiBeforeTests?: { environment: NodeJS.ProcessEnv; directory: string } };
const before = (shared.daaiBeforeTests ??= { environment: { ...process.env }, directory: process.cwd() });

/** Nothing is left of the test file before, which ran in the same process: settings, connections, listeners, mocks. */
export async function resetProcess(databaseUrl: string): Promise<void> {
  vi.useRealTimers();
  vi.restoreAllMocks();
  process.chdir(before.directory);
  process.env = { ...before.environment, ...testSettings(databaseUrl) };
  // Some modules read a setting when they are loaded: not before the settings stand.
  const { disconnectDb } = await import("@/lib/db/client");
  const { expectQuickPings } = await import("@/lib/db/fail-fast-if-database-down");
  const { resetEnvCache, readLogLevel } = await import("@/lib/env");
  const { stopRunChanges } = await import("@/lib/action-runs/status/run-changes");
  const { stopLiveChanges } = await import("@/lib/live/live-changes");
  const { logger } = await import("@/lib/logger");
  const { resetMetrics } = await import("@/lib/metrics/metrics");
  resetMetrics();
  // A file may have taken its database away.
  await Promise.allSettled([stopRunChanges(), stopLiveChanges(), disconnectDb()]);
  expectQuickPings();
  resetEnvCache();
  logger.level = readLogLevel();
}
