import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "@/lib/testing/api-suite/api-client";

/** The client's delay between attempts, unless it's in less of a hurry. */
const RETRY_INTERVAL_MS = 20;

/** How often each status was seen; `lost` counts broken and refused connections. */
export type SeenStatuses = Record<string, number>;

/**
 * Retries like a careful client: after a lost connection or a 503 the outcome is unknown, so it asks again. Only for idempotent requests.
 * `attempt` counts from 0.
 */
export async function untilAnswered(
  ask: (attempt: number) => Promise<Answer>,
  seen: SeenStatuses = {},
  retryMs = RETRY_INTERVAL_MS,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(attempt).catch(() => undefined);
    const status = answer?.status ?? "lost";
    seen[status] = (seen[status] ?? 0) + 1;
    if (answer && answer.status !== 503) return answer;
    await sleep(retryMs);
  }
}
