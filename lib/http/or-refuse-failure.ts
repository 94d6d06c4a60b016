import { failFastIfDatabaseDown } from "@/lib/db/fail-fast-if-database-down";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { refuseFailure } from "@/lib/errors/refuse-failure";
import { logger } from "@/lib/logger";

/**
 * Turns an exception into a refusal, for pages that must also report it without JavaScript, which Next's error page needs. `what` goes into
 * the log line.
 */
export async function orRefuseFailure<T>(what: string, work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await failFastIfDatabaseDown(work());
  } catch (error) {
    logger.error({ error }, `${what} failed`);
    return refuseFailure(error);
  }
}
