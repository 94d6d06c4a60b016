/**
 * Hears of what fails inside the job queue with nobody waiting for it. graphile-worker 0.17 writes that a job is done, or has failed,
 * without looking whether that could be written; a connection lost in that moment would end the process. Returns how to stop hearing.
 */
export function onQueueFailure(handle: (error: Error) => void): () => void {
  const listener = (reason: unknown) => {
    if (reason instanceof Error && reason.stack?.includes("graphile-worker")) handle(reason);
    // Anybody else's failure ends the process, as it does without a listener.
    else if (process.listenerCount("unhandledRejection") === 1) throw reason;
  };
  process.on("unhandledRejection", listener);
  return () => process.off("unhandledRejection", listener);
}
