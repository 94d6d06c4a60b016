export type CleanUp = () => Promise<unknown>;

export interface CleanUps {
  add(cleanUp: CleanUp): void;
  /** Undoes everything once, the latest first. */
  run(): Promise<void>;
}

/** Cleans up, even when the process is stopped or fails, and then exits. */
export function cleanUpAtEnd(): CleanUps {
  const cleanUps: CleanUp[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (const cleanUp of cleanUps.reverse()) {
      await cleanUp().catch((error: unknown) => console.error(`Something was left behind: ${String(error)}`));
    }
  };
  const run = () => (running ??= runAll());
  const endWith = (code: number, reason: unknown) => {
    // What is being measured breaks when its parts go, and nobody wants to read how.
    if (running) return;
    console.error(reason);
    void run().then(() => process.exit(code));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => endWith(130, "Stopped; cleaning up …"));
  process.on("uncaughtException", (error) => endWith(1, error));
  return { add: (cleanUp) => void cleanUps.push(cleanUp), run };
}
