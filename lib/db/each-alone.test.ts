import { describe, expect, test } from "vitest";
import { eachAlone } from "./each-alone";

async function done(numbers: readonly number[], fail: (n: number) => Error | null) {
  const seen: number[] = [];
  const end = eachAlone(numbers, async (n) => {
    await Promise.resolve();
    seen.push(n);
    const error = fail(n);
    if (error) throw error;
  });
  return {
    seen,
    error: await end.then(
      () => null,
      (error: unknown) => (error as Error).message,
    ),
  };
}

const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });

describe("each alone", () => {
  test("one that fails keeps no other from its turn, and is told of when all had theirs", async () => {
    expect(await done([1, 2, 3, 4], (n) => (n === 1 || n === 3 ? new Error(`no ${n}`) : null))).toEqual({
      seen: [1, 2, 3, 4],
      error: "no 1",
    });
    expect(await done([1, 2], () => null)).toEqual({ seen: [1, 2], error: null });
  });

  test("one whose connection ends is one that fails; with the database away, the rest is left", async () => {
    expect(await done([1, 2, 3], (n) => (n === 1 ? away : null))).toEqual({ seen: [1, 2, 3], error: "away" });
    expect(await done([1, 2, 3], () => away)).toEqual({ seen: [1, 2], error: "away" });
  });
});
