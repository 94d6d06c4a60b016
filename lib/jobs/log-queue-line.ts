import type { Job } from "graphile-worker";
import { logger } from "@/lib/logger";

/** Rewords the queue's own log lines about failures: they repeat error messages, which may quote the data that caused them. */
export function logQueueLine(level: string, message: string, meta: { error?: unknown; job?: unknown } = {}): void {
  if (level !== "error") return logger.debug({ source: "worker" }, message);
  const { task_identifier: task = null, attempts = null } = (meta.job ?? {}) as Partial<Job>;
  logger.warn({ source: "worker", task, attempts, error: meta.error ?? null }, task === null ? "The queue failed." : "A job failed.");
}
