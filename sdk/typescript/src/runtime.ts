/** What the client needs of its surroundings. Its own tests replace it. */
export interface Runtime {
  readonly fetch: typeof globalThis.fetch;
  /** Seconds of a clock that never goes back. */
  readonly now: () => number;
  /** From 0 to 1; scatters the pauses between attempts. */
  readonly random: () => number;
  /** Rejects with the signal's reason when it is aborted. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
}

export const SYSTEM_RUNTIME: Runtime = {
  fetch: (...request) => globalThis.fetch(...request),
  now: () => performance.now() / 1000,
  random: () => Math.random(),
  sleep: (seconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", abort);
        resolve();
      }, seconds * 1000);
      signal?.addEventListener("abort", abort, { once: true });
    }),
};
