import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CheckRequest } from "./worker-check";
import { workerCheck } from "./worker-check";

const { keys, cases } = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as {
  keys: string[];
  cases: { content: string }[];
};

/** A worker that does with a request what the test says. */
class StandIn extends EventTarget {
  isTerminated = false;
  constructor(private readonly receive: (worker: StandIn, request: CheckRequest) => void) {
    super();
  }
  postMessage(request: CheckRequest) {
    this.receive(this, request);
  }
  terminate() {
    this.isTerminated = true;
  }
}
const made: StandIn[] = [];
const start = (receive: (worker: StandIn, request: CheckRequest) => void) =>
  workerCheck(() => {
    const worker = new StandIn(receive);
    made.push(worker);
    return worker as unknown as Worker;
  }, 1_000);
const answer = (id: number) => new MessageEvent("message", { data: { id, outcome: { obstacle: `answer ${id}` } } });

beforeEach(() => {
  made.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it("gives each file its own answer, in whatever order they come", async () => {
  const requests: CheckRequest[] = [];
  const { check, close } = start((_, request) => requests.push(request));
  const both = Promise.all([check(new Blob(["1"]), "", ""), check(new Blob(["2"]), "", "")]);
  for (const { id } of requests.toReversed()) made[0]?.dispatchEvent(answer(id));
  expect(await both).toEqual([{ obstacle: "answer 1" }, { obstacle: "answer 2" }]);
  close();
  expect(made[0]?.isTerminated).toBe(true);
});

it("stops a check that does not come to an end, and checks the next one", async () => {
  let isStuck = true;
  const { check } = start((worker, { id }) => !isStuck && worker.dispatchEvent(answer(id)));
  const checking = check(new Blob(["loop"]), "", "");
  vi.advanceTimersByTime(1_001);
  expect(await checking).toEqual({ obstacle: expect.stringContaining("it was stopped") as unknown });
  expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  isStuck = false;
  expect(await check(new Blob(["next"]), "", "")).toEqual({ obstacle: "answer 2" });
});

it("checks in the page where the worker cannot be loaded, whenever that shows", async () => {
  const { check } = start((worker) => worker.dispatchEvent(new Event("error")));
  const file = new Blob([Buffer.from(cases[0]?.content ?? "", "base64")]);
  for (const _ of ["while it is asked", "before"]) {
    expect(await check(file, keys.join("\n"), "")).toMatchObject({ verdict: { problems: [] } });
  }
});
