import { afterEach, expect, test, vi } from "vitest";
import { logger } from "@/lib/logger";
import { logQueueLine } from "./log-queue-line";

afterEach(() => void vi.restoreAllMocks());

test("a job that failed is logged by its task and its error, without the queue's words about it", () => {
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const error = new Error("invalid input: swordfish");
  logQueueLine("error", "Failed task 7 (send-email) with error invalid input: swordfish", {
    error,
    job: { task_identifier: "send-email", attempts: 2, payload: { token: "swordfish" } },
  });
  logQueueLine("error", "Error with notify listener: swordfish", { error });
  expect(warn.mock.calls).toEqual([
    [{ source: "worker", task: "send-email", attempts: 2, error }, "A job failed."],
    [{ source: "worker", task: null, attempts: null, error }, "The queue failed."],
  ]);
});
