import { setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "@/lib/errors/setup-error";

const POLL_MS = 100;

/** Asks until the answer is not null. Throws a SetupError with the sentence `otherwise` when that takes too long. */
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
