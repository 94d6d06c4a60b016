/**
 * Calls `handle` on unhandled failures inside the job queue. graphile-worker 0.17 doesn't handle errors of its writes of a job's end, so
 * a connection lost at that moment would end the process. Returns an unsubscribe function.
 */
export function onQueueFailure(handle: (error: Error) => void): () => void {
  const listener = (reason: unknown) => {
    if (reason instanceof Error && reason.stack?.includes("graphile-worker")) handle(reason);
    // Other unhandled failures end the process, as they do without a listener.
    else if (process.listenerCount("unhandledRejection") === 1) throw reason;
  };
  process.on("unhandledRejection", listener);
  return () => process.off("unhandledRejection", listener);
}
