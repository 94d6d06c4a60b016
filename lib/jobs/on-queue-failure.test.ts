import { afterEach, expect, test, vi } from "vitest";
import { onQueueFailure } from "./on-queue-failure";

const reported: Error[] = [];
const unsubscribe = onQueueFailure((error) => reported.push(error));
const [listener] = process.listeners("unhandledRejection").slice(-1);
unsubscribe();
const reject = (reason: unknown) => listener?.(reason, Promise.resolve());

afterEach(() => {
  vi.restoreAllMocks();
  reported.length = 0;
});

test("hears what fails inside the queue", () => {
  const error = Object.assign(new Error("lost"), {
    stack: "Error: lost\n    at async batchFailJobs (/srv/node_modules/graphile-worker/dist/sql/failJobs.js:47:9)",
  });
  reject(error);
  expect(reported).toEqual([error]);
  expect(process.listeners("unhandledRejection")).not.toContain(listener);
});

test.each([new Error("of somebody else"), "no error at all"])("lets another failure end the process as without it: %s", (reason) => {
  const listeners = vi.spyOn(process, "listenerCount").mockReturnValue(1);
  expect(() => reject(reason)).toThrow();
  // Who listens besides decides.
  listeners.mockReturnValue(2);
  expect(() => reject(reason)).not.toThrow();
  expect(reported).toEqual([]);
});
