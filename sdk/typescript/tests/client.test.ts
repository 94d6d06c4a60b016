import { inspect } from "node:util";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { ActionAlreadyTaken, DaaiClient, DaaiConfigError, DaaiConnectionError, ExecutionNotReported } from "../src/index";
import { fakeConsole } from "./fake-console";
import { clientOf, KEYS, pathsOf, REFUSED } from "./test-client";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe("the configuration", () => {
  it("comes from the environment", async () => {
    const console = fakeConsole();
    vi.stubEnv("DAAI_API_KEY", " daai_sk_a ");
    vi.stubEnv("DAAI_WORKSPACE_KEY", "daai_wk_b");
    vi.stubEnv("DAAI_BASE_URL", "http://console.test/api/");
    const sent: Request[] = [];
    const client = new DaaiClient({ fetch: (url, init) => (sent.push(new Request(url, init)), console.fetch(url, init)) });
    await client.intercept({ action: "a", payload: {} });
    expect(sent[0]?.url).toBe("http://console.test/api/v1/sdk/intercept");
    expect(sent[0]?.headers.get("Authorization")).toBe("Bearer daai_sk_a");
    expect(sent[0]?.headers.get("X-DAAI-Workspace-Key")).toBe("daai_wk_b");
  });

  it.each([
    [{ apiKey: "" }, "DAAI_API_KEY"],
    [{ workspaceKey: "daai wk" }, "workspaceKey"],
    [{ baseUrl: "console.test" }, "baseUrl"],
    [{ baseUrl: "https://a:b@console.test/api" }, "baseUrl"],
    [{ baseUrl: "https://console.test/api?x=1" }, "baseUrl"],
    [{ timeoutSeconds: 0 }, "timeoutSeconds"],
    [{ timeoutSeconds: Number.NaN }, "timeoutSeconds"],
    [{ timeoutSeconds: Number.POSITIVE_INFINITY }, "86,400"],
    [{ timeoutSeconds: 86_401 }, "86,400"],
    [{ pollSeconds: 61 }, "pollSeconds"],
  ])("%j can't be used", (options, name) => {
    expect(() => new DaaiClient({ ...KEYS, ...options })).toThrow(DaaiConfigError);
    expect(() => new DaaiClient({ ...KEYS, ...options })).toThrow(name);
  });

  it("isn't shown when a client is printed, or a base URL is refused", () => {
    const client = new DaaiClient(KEYS);
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain("secret");
    for (const baseUrl of ["https://ann:secret@console.test/api", "ann:secret@console.test"]) {
      expect(() => new DaaiClient({ ...KEYS, baseUrl })).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining("secret") }),
      );
    }
  });

  it("may have a fetch that refuses to be another object's method, as a browser's does", async () => {
    const console = fakeConsole();
    function fetch(this: unknown, ...request: Parameters<typeof globalThis.fetch>) {
      if (this !== undefined) throw new TypeError("Illegal invocation");
      return console.fetch(...request);
    }
    expect((await new DaaiClient({ ...KEYS, fetch }).intercept({ action: "a", payload: {} })).executable).toBe(true);
  });
});

describe("a claim's token", () => {
  it("isn't printed with what has it", async () => {
    const console = fakeConsole({ before: (path) => (path === "report-executed" ? new Response("no", { status: 502 }) : undefined) });
    const client = clientOf(console);
    const run = await client.intercept({ action: "a", payload: {}, claim: { worker: "w" } });
    const { actionRunId } = await client.intercept({ action: "a", payload: {} });
    const claimed = await client.claim(actionRunId, { worker: "w" });
    const error: unknown = await client.execution(run, {}, () => 1).catch((thrown: unknown) => thrown);
    const token = console.requests[0]?.body["claim"] as { token: string };
    expect(run.claim?.token).toBe(token.token);
    expect(error).toMatchObject({ name: "ExecutionNotReported", claimToken: token.token, run, result: 1 });
    const printed = inspect([run, claimed, error], { depth: 9 }) + JSON.stringify([run, claimed, error]);
    expect(printed).toContain(actionRunId);
    expect(printed).not.toContain(token.token);
    expect(printed).not.toContain(claimed.claim.token);
  });
});

describe("a warning", () => {
  it.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("no log");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no log"))],
  ])("that %s changes nothing", async (_, onWarning) => {
    const console = fakeConsole({ before: (path) => (path === "report-failed" ? new Response("no", { status: 502 }) : undefined) });
    const governed = clientOf(console, { onWarning }).governed("a", { payload: {} }, () => {
      throw new Error("declined");
    });
    await expect(governed()).rejects.toThrow("declined");
    expect(pathsOf(console).slice(0, 2)).toEqual(["intercept", "report-failed"]);
  });
});

test("an id that isn't a segment of an address is rejected", async () => {
  const console = fakeConsole();
  for (const id of ["", ".", ".."]) await expect(clientOf(console).status(id)).rejects.toThrow("run_id");
  expect(console.requests).toEqual([]);
});

test("a console that can't be reached has granted no claim", async () => {
  const console = fakeConsole({ before: () => Promise.reject(REFUSED) });
  const error: unknown = await clientOf(console)
    .claim("r", { worker: "w" })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DaaiConnectionError);
  expect(String(error)).toContain("connect ECONNREFUSED");
  expect(pathsOf(console)).toEqual(["claim", "claim", "claim"]);
});

describe("while a function runs", () => {
  /** A function that runs until it is told to end. */
  function endless() {
    const events = new EventTarget();
    const once = (name: string) => new Promise<void>((resolve) => events.addEventListener(name, () => resolve()));
    const started = once("started");
    const ended = once("ended");
    const act = () => {
      events.dispatchEvent(new Event("started"));
      return ended;
    };
    return { act, started, end: () => events.dispatchEvent(new Event("ended")) };
  }

  it("its claim is renewed every third of the lease, however often that fails", async () => {
    vi.useFakeTimers();
    let isDown = true;
    const console = fakeConsole({ before: (path) => (path === "claim/renew" && isDown ? new Response("no", { status: 502 }) : undefined) });
    const { act, started, end } = endless();
    const running = clientOf(console).governed("a", { payload: {}, leaseSeconds: 30 }, act)();
    await started;
    await vi.advanceTimersByTimeAsync(10_000);
    isDown = false;
    await vi.advanceTimersByTimeAsync(10_000);
    end();
    await running;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pathsOf(console)).toEqual(["intercept", ...Array<string>(4).fill("claim/renew"), "report-executed"]);
  });

  it("one renewal is on its way at a time, and it ends with the function", async () => {
    vi.useFakeTimers();
    const warnings: string[] = [];
    const signals: AbortSignal[] = [];
    const console = fakeConsole({
      before: (path, signal) => {
        if (path !== "claim/renew") return undefined;
        signals.push(signal);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
      },
    });
    const { act, started, end } = endless();
    const client = clientOf(console, { timeoutSeconds: 3600, onWarning: (message) => warnings.push(message) });
    const running = client.governed("a", { payload: {}, leaseSeconds: 30 }, act)();
    await started;
    await vi.advanceTimersByTimeAsync(60_000);
    end();
    await running;
    expect(pathsOf(console)).toEqual(["intercept", "claim/renew", "report-executed"]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pathsOf(console).length).toBe(3);
    expect(warnings).toEqual([]);
  });

  it("a claim that came with the proposal is renewed by its own lease", async () => {
    vi.useFakeTimers();
    const console = fakeConsole();
    const client = clientOf(console);
    const run = await client.intercept({ action: "a", payload: {}, claim: { worker: "w", leaseSeconds: 6 } });
    const { act, started, end } = endless();
    const running = client.execution(run, { leaseSeconds: 3600 }, act);
    await started;
    await vi.advanceTimersByTimeAsync(2_000);
    end();
    await running;
    expect(pathsOf(console)).toEqual(["intercept", "claim/renew", "report-executed"]);
    expect(console.requests[1]?.body["lease_seconds"]).toBe(6);
  });

  it("a lost claim is no longer renewed, and the outcome is reported", async () => {
    vi.useFakeTimers();
    const warnings: string[] = [];
    const console = fakeConsole();
    const { act, started, end } = endless();
    const client = clientOf(console, { onWarning: (message) => warnings.push(message) });
    const running = client.governed("a", { payload: {}, leaseSeconds: 30 }, act)();
    await started;
    Object.assign(console.runs[0] ?? {}, { claim: { token: "another's" } });
    await vi.advanceTimersByTimeAsync(60_000);
    end();
    await expect(running).rejects.toThrow(ExecutionNotReported);
    expect(pathsOf(console)).toEqual(["intercept", "claim/renew", "report-executed"]);
    expect(warnings).toEqual([expect.stringContaining("is lost")]);
  });
});

test("a claim that came with the proposal is for one execution, of the run or of a copy", async () => {
  const console = fakeConsole();
  const client = clientOf(console);
  const run = await client.intercept({ action: "a", payload: {}, claim: { worker: "w" } });
  expect(await client.execution({ ...run }, {}, () => 1)).toBe(1);
  const again = () => client.execution(run, {}, () => expect.unreachable());
  await expect(again()).rejects.toThrow(ActionAlreadyTaken);
  await expect(again()).rejects.toThrow(ActionAlreadyTaken);
});

test("an execution whose claim came with the proposal has the payload that was sent, not one of its own", async () => {
  const console = fakeConsole();
  const client = clientOf(console);
  const run = await client.intercept({ action: "a", payload: { n: 1 }, claim: { worker: "w" } });
  await expect(client.execution(run, {}, ({ payload }) => payload)).rejects.toThrow("the one you sent");
});
