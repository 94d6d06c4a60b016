const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
/** npm and the terminal may both deliver one Ctrl-C; a signal later than this is a person who does not want to wait. */
const SAME_WISH_MS = 2000;

/** Aborts at the first stop signal; a later one ends the process immediately. */
export function watchStopSignals(): AbortSignal {
  const stop = new AbortController();
  let firstAt = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!stop.signal.aborted) firstAt = performance.now();
      else if (performance.now() - firstAt > SAME_WISH_MS) process.exit(1);
      stop.abort();
    });
  }
  return stop.signal;
}
