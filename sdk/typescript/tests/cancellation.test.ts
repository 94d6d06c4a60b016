import { describe, expect, it } from "vitest";
import { DaaiClient } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { fakeConsole } from "./fake-console";
import { clientOf, KEYS, pathsOf, REFUSED } from "./test-client";

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

  it("ends a pause between attempts, or lets none begin", async () => {
    const abort = new AbortController();
    const pause = SYSTEM_RUNTIME.sleep(3600, abort.signal);
    abort.abort(new Error("stop"));
    await expect(pause).rejects.toThrow("stop");
    await expect(SYSTEM_RUNTIME.sleep(3600, abort.signal)).rejects.toThrow("stop");
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

  it("proposes and claims nothing if it was canceled before", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    const console = fakeConsole();
    const client = clientOf(console);
    const claim = { worker: "w" };
    await expect(client.intercept({ action: "a", payload: {}, claim }, { signal })).rejects.toThrow("too late");
    await expect(client.governed("a", { payload: {}, signal }, () => 1)()).rejects.toThrow("too late");
    await expect(client.claim("r", { ...claim, signal })).rejects.toThrow("too late");
    expect(console.requests).toEqual([]);
  });

  it("proposes nothing after a proposal that didn't reach the console", async () => {
    const abort = new AbortController();
    let isUp = false;
    const console = fakeConsole({ before: () => (isUp ? undefined : Promise.reject(REFUSED)) });
    const sleep = () => {
      isUp = true;
      abort.abort(new Error("stop"));
      return Promise.reject(abort.signal.reason as Error);
    };
    const client = new DaaiClient(KEYS, { ...SYSTEM_RUNTIME, fetch: console.fetch, sleep });
    const proposal = { action: "a", payload: {}, idempotencyKey: "k", claim: { worker: "w" } };
    await expect(client.intercept(proposal, { signal: abort.signal })).rejects.toThrow("stop");
    expect(console.runs).toEqual([]);
    expect(pathsOf(console)).toEqual(["intercept"]);
  });

  it("releases what an earlier attempt may have been granted", async () => {
    let calls = 0;
    const lost = new TypeError("terminated");
    const console = fakeConsole({
      before: (path) => {
        calls += path === "claim" ? 1 : 0;
        return path === "claim" ? Promise.reject(calls === 1 ? lost : REFUSED) : undefined;
      },
    });
    const client = clientOf(console);
    const { actionRunId } = await client.intercept({ action: "a", payload: {} });
    await expect(client.claim(actionRunId, { worker: "w" })).rejects.toThrow("ECONNREFUSED");
    expect(pathsOf(console)).toEqual(["intercept", "claim", "claim", "claim", "claim/release"]);
  });

  it.each<[string, (reason: Error) => unknown]>([
    ["the signal's reason", (reason) => reason],
    ["an error with the reason as its cause", (cause) => new Error("not sent", { cause })],
    ["an AbortError of its own", () => new DOMException("This operation was aborted", "AbortError")],
  ])("leaves a run in doubt when its function was canceled and threw %s", async (_, thrownFor) => {
    const abort = new AbortController();
    const warnings: string[] = [];
    const console = fakeConsole();
    const client = clientOf(console, { onWarning: (message) => warnings.push(message) });
    const reason = new Error("no longer needed");
    const thrown = thrownFor(reason);
    const governed = client.governed("a", { payload: {}, signal: abort.signal }, () => {
      abort.abort(reason);
      throw thrown;
    });
    await expect(governed()).rejects.toBe(thrown);
    expect(pathsOf(console)).toEqual(["intercept"]);
    expect(warnings).toEqual([expect.stringContaining("in doubt")]);
  });

  it("reports other errors of a function that was canceled, and an AbortError of one that wasn't", async () => {
    for (const [isCanceled, thrown] of [
      [true, new Error("declined")],
      [true, null],
      [false, new DOMException("This operation was aborted", "AbortError")],
    ] as const) {
      const abort = new AbortController();
      const console = fakeConsole();
      const governed = clientOf(console).governed("a", { payload: {}, signal: abort.signal }, () => {
        if (isCanceled) abort.abort();
        throw thrown as Error;
      });
      await governed().catch(() => undefined);
      expect(pathsOf(console)).toEqual(["intercept", "report-failed"]);
    }
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
