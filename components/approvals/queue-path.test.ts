import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQueueSearch } from "@/lib/approvals/schema";
import { QUEUE_SORTS, type QueueSearch, WHOLE_QUEUE } from "@/lib/domain/runs/queue-order";
import { queuePath } from "./queue-path";

const paramsOf = (path: string) => Object.fromEntries(new URL(path, "http://console").searchParams);

describe("the address of the queue", () => {
  test("says a search so that it is read back the same", () => {
    const search: fc.Arbitrary<QueueSearch> = fc.record({
      workspaceId: fc.option(fc.uuid()),
      text: fc.option(
        fc
          .string({ minLength: 1, maxLength: 40 })
          .map((text) => text.trim())
          .filter((text) => text !== "" && !text.includes("\0")),
      ),
      sort: fc.constantFrom(...QUEUE_SORTS),
      isGrouped: fc.boolean(),
    });
    fc.assert(
      fc.property(search, (wanted) => {
        expect(parseQueueSearch(paramsOf(queuePath(wanted)))).toEqual(wanted);
      }),
    );
  });

  test("is as short as can be, and what it cannot say is the whole queue", () => {
    expect(queuePath({})).toBe("/approvals");
    expect(queuePath({ sort: "deadline", isGrouped: true, runId: "x" })).toBe("/approvals?sort=deadline&group=action&run=x");
    expect(parseQueueSearch({ workspace: "x", q: ["a", "b"], sort: "; DROP", group: "no" })).toEqual(WHOLE_QUEUE);
  });
});
