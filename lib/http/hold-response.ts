import type { ApiRequest } from "./api-request";
import { onShutdown } from "./shutdown";

/** Does work that may take as long as the client waits. `signal` aborts when the client disconnects or the server stops: respond then. */
export async function holdResponse<T>(request: ApiRequest, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  request.signal.addEventListener("abort", abort, { once: true });
  const unsubscribe = onShutdown(abort);
  try {
    return await work(controller.signal);
  } finally {
    unsubscribe();
  }
}
