import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "@/lib/errors/setup-error";

const POLL_MS = 100;

/** Polls until the result isn't null. Throws a SetupError with `otherwise` on timeout. */
export async function until<T>(
  ask: () => Promise<T | null>,
  { timeoutMs, otherwise }: { timeoutMs: number; otherwise: string },
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new SetupError(otherwise);
    await sleep(POLL_MS);
  }
}
