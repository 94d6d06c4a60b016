import { Worker } from "node:worker_threads";
import type { Compare } from "@/lib/backtests/run-backtest";
import { threadEnv } from "@/lib/env";
import type { ThreadMessage } from "./backtest-thread";

/** Programs are bundled with the thread's entry beside them. */
const BUNDLED = new URL("./backtest-thread.js", import.meta.url);
/** Where TypeScript runs as it is, a thread registers tsx first. */
const FROM_SOURCE = `import("tsx/esm/api").then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL("./backtest-thread.ts", import.meta.url).href)});
})`;

/** Compares in a thread of its own, so that the process goes on answering proposals. `signal` ends it: the promise then rejects. */
export const compareInThread: Compare = (data, { onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const isSource = import.meta.url.endsWith(".ts");
    const options = { workerData: data, env: threadEnv() };
    const thread = isSource ? new Worker(FROM_SOURCE, { ...options, eval: true }) : new Worker(BUNDLED, options);
    const end = () => {
      reject(new Error("The backtest was ended.", { cause: signal.reason }));
      void thread.terminate();
    };
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    thread
      .on("message", (message: ThreadMessage) => {
        if ("result" in message) resolve(message.result);
        else onProgress(message.done, message.total);
      })
      .on("error", reject)
      .on("exit", (code) => {
        signal.removeEventListener("abort", end);
        // Changes nothing once there is a result.
        reject(new Error(`The thread of a backtest ended with the code ${code}.`));
      });
  });
