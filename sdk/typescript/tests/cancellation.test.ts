import { describe, expect, it } from "vitest";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { fakeConsole } from "./fake-console";
import { clientOf, pathsOf } from "./test-client";

/** What a connection does when its request is aborted. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

describe("a canceled call", () => {
  it("throws the signal's reason, and isn't retried", async () => {
    const abort = new AbortController();
    const reason = new Error("no longer needed");
    const console = fakeConsole({
      before: (_, signal) => {
        abort.abort(reason);
        return signal.aborted ? Promise.reject(signal.reason as Error) : untilAborted(signal);
      },
    });
    await expect(clientOf(console).status("r", { signal: abort.signal })).rejects.toBe(reason);
    await expect(clientOf(console).status("r", { signal: abort.signal })).rejects.toBe(reason);
    expect(pathsOf(console)).toEqual(["status"]);
  });

  it("ends a pause between attempts", async () => {
    const abort = new AbortController();
    const pause = SYSTEM_RUNTIME.sleep(3600, abort.signal);
    abort.abort(new Error("stop"));
    await expect(pause).rejects.toThrow("stop");
  });

  it("withdraws the run that it waits for, if it was told to", async () => {
    for (const onCancel of ["withdraw", undefined] as const) {
      const abort = new AbortController();
      const console = fakeConsole({
        threshold: 0,
        before: (path, signal) => {
          if (path !== "status") return undefined;
          setImmediate(() => abort.abort());
          return untilAborted(signal);
        },
      });
      const client = clientOf(console);
      const { actionRunId } = await client.intercept({ action: "a", payload: { amount: 1 } });
      await expect(client.wait(actionRunId, { signal: abort.signal, onCancel })).rejects.toThrow(abort.signal.reason as Error);
      expect(pathsOf(console).slice(2)).toEqual(onCancel ? ["withdraw"] : []);
    }
  });

  it("releases a claim that it may have been granted", async () => {
    const abort = new AbortController();
    const console = fakeConsole({
      before: (path, signal) => {
        if (path !== "claim") return undefined;
        setImmediate(() => abort.abort());
        return untilAborted(signal);
      },
    });
    const client = clientOf(console);
    const { actionRunId } = await client.intercept({ action: "a", payload: {} });
    await expect(client.claim(actionRunId, { worker: "w", signal: abort.signal })).rejects.toThrow(abort.signal.reason as Error);
    expect(pathsOf(console)).toEqual(["intercept", "claim", "claim/release"]);
    expect(console.requests[2]?.body["claim_token"]).toBe(console.requests[1]?.body["token"]);
  });

  it("leaves a run in doubt when its function was canceled", async () => {
    const abort = new AbortController();
    const warnings: string[] = [];
    const console = fakeConsole();
    const client = clientOf(console, { onWarning: (message) => warnings.push(message) });
    const governed = client.governed("a", { payload: {}, signal: abort.signal }, () => {
      abort.abort();
      abort.signal.throwIfAborted();
    });
    await expect(governed()).rejects.toThrow(abort.signal.reason as Error);
    expect(pathsOf(console)).toEqual(["intercept"]);
    expect(warnings).toEqual([expect.stringContaining("in doubt")]);
  });

  it("still reports what has run", async () => {
    const abort = new AbortController();
    const console = fakeConsole();
    const governed = clientOf(console).governed("a", { payload: {}, signal: abort.signal }, () => {
      abort.abort();
      return { done: true };
    });
    expect(await governed()).toEqual({ done: true });
    expect(console.runs[0]?.report).toMatchObject({ execution_result: { done: true } });
  });
});
