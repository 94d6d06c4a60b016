import type { CheckOutcome } from "./check-file";
import { checkInPage, loadCheck } from "./late-check";

export interface CheckRequest {
  readonly id: number;
  readonly file: Blob;
  readonly keysText: string;
  readonly keptText: string;
}
export interface CheckAnswer {
  readonly id: number;
  readonly outcome: CheckOutcome;
}

/** A log of millions of receipts takes a while; what takes longer is no file of the console's. */
const MAX_MS = 300_000;
const TAKES_TOO_LONG: CheckOutcome = {
  obstacle: "Verifying this file took longer than five minutes, so it was stopped. Verify it with python -m daai verify.",
};

/**
 * Checks files in a worker, so that the page stays responsive, and stops checks that don't end. The worker is created
 * immediately, so that it is there when the page goes offline. If it can't be loaded, the page checks on its own.
 */
export function workerCheck(makeWorker: () => Worker, mostMs = MAX_MS) {
  let isMissing = false;
  const start = () => {
    const started = makeWorker();
    started.addEventListener("error", () => {
      isMissing = true;
      loadCheck();
    });
    return started;
  };
  let worker = start();
  let made = 0;
  return {
    check(file: Blob, keysText: string, keptText: string): Promise<CheckOutcome> {
      if (isMissing) return checkInPage(file, keysText, keptText);
      const id = ++made;
      return new Promise((resolve) => {
        const finish = (outcome: CheckOutcome | Promise<CheckOutcome>) => {
          clearTimeout(limit);
          worker.removeEventListener("message", answered);
          worker.removeEventListener("error", failed);
          resolve(outcome);
        };
        const answered = ({ data }: MessageEvent<CheckAnswer>) => {
          if (data.id === id) finish(data.outcome);
        };
        const failed = () => finish(checkInPage(file, keysText, keptText));
        const limit = setTimeout(() => {
          finish(TAKES_TOO_LONG);
          worker.terminate();
          worker = start();
        }, mostMs);
        worker.addEventListener("message", answered);
        worker.addEventListener("error", failed);
        worker.postMessage({ id, file, keysText, keptText } satisfies CheckRequest);
      });
    },
    close: () => worker.terminate(),
  };
}
