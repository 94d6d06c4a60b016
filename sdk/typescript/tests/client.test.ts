import { inspect } from "node:util";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { DaaiClient, DaaiConfigError, DaaiConnectionError, ExecutionNotReported } from "../src/index";
import { approve, fakeConsole } from "./fake-console";
import { clientOf, KEYS, pathsOf } from "./test-client";

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
    [{ pollSeconds: 61 }, "pollSeconds"],
  ])("%j can't be used", (options, name) => {
    expect(() => new DaaiClient({ ...KEYS, ...options })).toThrow(DaaiConfigError);
    expect(() => new DaaiClient({ ...KEYS, ...options })).toThrow(name);
  });

  it("isn't shown when a client is printed", () => {
    const client = new DaaiClient(KEYS);
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain("secret");
  });
});

test("an id that isn't a segment of an address is rejected", async () => {
  const console = fakeConsole();
  for (const id of ["", ".", ".."]) await expect(clientOf(console).status(id)).rejects.toThrow("run_id");
  expect(console.requests).toEqual([]);
});

test("a console that can't be reached has granted no claim", async () => {
  const refused = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED" } });
  const console = fakeConsole({ before: () => Promise.reject(refused) });
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

describe("governed", () => {
  it("proposes the call's only argument, and calls with what it was called with", async () => {
    const console = fakeConsole();
    const refund = clientOf(console).governed(
      "refund",
      { idempotencyKey: ({ order }) => `refund:${order}` },
      async (call: { order: string }) => {
        await Promise.resolve();
        return call.order.length;
      },
    );
    expect(await refund({ order: "4711" })).toBe(4);
    expect(console.runs[0]).toMatchObject({ payload: { order: "4711" }, key: "refund:4711", report: { execution_result: { result: 4 } } });
  });

  it("proposes a function of the arguments", async () => {
    const console = fakeConsole();
    const refund = clientOf(console).governed(
      "refund",
      { payload: (order, amount) => ({ order, amount }) },
      (_: string, amount: number) => amount,
    );
    expect(await refund("4711", 80)).toBe(80);
    expect(console.runs[0]?.payload).toEqual({ order: "4711", amount: 80 });
  });

  it("proposes nothing that it has no payload for", async () => {
    const console = fakeConsole();
    const two = clientOf(console).governed("a", {}, (_: object, __: object) => 1);
    await expect(two({}, {})).rejects.toThrow("pass payload");
    expect(console.requests).toEqual([]);
  });

  it("refuses generators, which run only as they are consumed", () => {
    const client = clientOf(fakeConsole());
    expect(() => client.governed("a", { payload: {} }, function* () {})).toThrow("generator");
    expect(() => client.governed("a", { payload: {} }, async function* () {})).toThrow("generator");
  });

  it("waits for a person", async () => {
    const console = fakeConsole({ threshold: 10, decide: approve });
    const pay = clientOf(console).governed("pay", { waitSeconds: 60 }, ({ amount }: { amount: number }) => ({ paid: amount }));
    expect(await pay({ amount: 50 })).toEqual({ paid: 50 });
    expect(pathsOf(console)).toEqual(["intercept", "status", "claim", "report-executed"]);
  });
});

test("an execution whose claim came with the proposal has the payload that was sent, not one of its own", async () => {
  const console = fakeConsole();
  const client = clientOf(console);
  const run = await client.intercept({ action: "a", payload: { n: 1 }, claim: { worker: "w" } });
  await expect(client.execution(run, {}, ({ payload }) => payload)).rejects.toThrow("the one you sent");
});
