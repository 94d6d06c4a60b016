import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "@/lib/testing/api-suite/api-client";

/** How long a client waits before it asks again. */
const RETRY_INTERVAL_MS = 20;

/** How often each status was seen; `lost` are connections that broke or were refused. */
export type SeenStatuses = Record<string, number>;

/**
 * What a careful client does: a lost connection and a 503 leave it open what happened, so it asks again until it is told.
 * Only for what may be asked for twice. `attempt` counts from 0.
 */
export async function untilAnswered(ask: (attempt: number) => Promise<Answer>, seen: SeenStatuses = {}): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask(attempt).catch(() => undefined);
    const status = answer?.status ?? "lost";
    seen[status] = (seen[status] ?? 0) + 1;
    if (answer && answer.status !== 503) return answer;
    await sleep(RETRY_INTERVAL_MS);
  }
}
