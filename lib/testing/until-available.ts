import { isConnectionError } from "@/lib/errors/database-errors";

/**
 * What a client does with a 503: asks again. A transaction that found no free connection in time has done nothing, so
 * that a busy machine changes nothing about how many get through.
 */
export async function untilAvailable<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
    }
  }
}
