import type { ApiRequest } from "./api-request";
import { onShutdown } from "./shutdown";

/** Does work that may take as long as the client waits. `signal` aborts when the client disconnects or the server stops: respond then. */
export async function holdResponse<T>(request: ApiRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  request.signal.addEventListener("abort", giveUp, { once: true });
  const unsubscribe = onShutdown(giveUp);
  try {
    return await work(patience.signal);
  } finally {
    unsubscribe();
  }
}
