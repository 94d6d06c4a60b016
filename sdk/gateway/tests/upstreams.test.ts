import { describe, expect, it } from "vitest";
import { classify } from "../src/http-upstream";
import { startProcess } from "../src/process-upstream";
import { Refused } from "../src/upstream";

describe("an error of HTTP", () => {
  const isRefused = (status: number) => classify(Object.assign(new Error("no"), { status })) instanceof Refused;

  it.each([400, 401, 403, 404, 405, 406, 413, 415, 429])("%d is of a call that wasn't begun", (status) => {
    expect(isRefused(status)).toBe(true);
  });

  it.each([408, 409, 410, 422, 423, 425, 499, 500, 502])("%d leaves it in doubt", (status) => {
    expect(isRefused(status)).toBe(false);
  });
});

describe("a server that a wrapper started", () => {
  const events = (onGone: (reason: string) => void) => ({ onLine: () => undefined, warn: () => undefined, onGone });
  /** Ignores the end of its input, and SIGTERM. */
  const STUBBORN = "trap '' TERM; while :; do sleep 0.05; done";

  it("is gone with the wrapper, although it holds the output", async () => {
    const gone = new Promise<string>((resolve) => {
      void startProcess(["sh", "-c", `sh -c "${STUBBORN}" & exit 3`], process.env, events(resolve), 20);
    });
    expect(await gone).toBe("ended with code 3");
  });

  it("is killed with the wrapper", async () => {
    let reason = "";
    const upstream = await startProcess(
      ["sh", "-c", `sh -c "${STUBBORN}"; :`],
      process.env,
      events((why) => (reason = why)),
      20,
    );
    await upstream.end();
    expect(reason).toMatch(/was ended by SIG(TERM|KILL)/);
  });
});
