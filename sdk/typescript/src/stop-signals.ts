const SIGNALS = ["SIGINT", "SIGTERM"] as const;

type Signal = (typeof SIGNALS)[number];

interface ProcessLike {
  on(signal: Signal, listener: () => void): unknown;
  removeListener(signal: Signal, listener: () => void): unknown;
}

/** Calls `stop` on the first SIGINT or SIGTERM; a second one has its own effect again. Returns what ends that. */
export function onStopSignals(stop: () => void): () => void {
  // Browsers and some edge runtimes have none, and no signals.
  const { process } = globalThis as { readonly process?: Partial<ProcessLike> };
  const remove = () => {
    for (const signal of SIGNALS) process?.removeListener?.(signal, onSignal);
  };
  const onSignal = () => {
    remove();
    stop();
  };
  for (const signal of SIGNALS) process?.on?.(signal, onSignal);
  return remove;
}
