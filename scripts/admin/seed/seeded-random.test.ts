import { expect, test } from "vitest";
import { seededRandom } from "./seeded-random";

const draw = (seed: string) => {
  const random = seededRandom(seed);
  return Array.from({ length: 50_000 }, () => random.integer(1, 6));
};

test("the same seed gives the same choices, another seed others", () => {
  expect(draw("a")).toEqual(draw("a"));
  expect(draw("a")).not.toEqual(draw("b"));
});

test("integers fill their range evenly, ends included", () => {
  const counts = new Map<number, number>();
  for (const value of draw("dice")) counts.set(value, (counts.get(value) ?? 0) + 1);
  expect([...counts.keys()].toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const count of counts.values()) expect(Math.abs(count - 50_000 / 6)).toBeLessThan(500);
});

test("weights are kept", () => {
  const random = seededRandom("weights");
  const chosen = Array.from({ length: 10_000 }, () =>
    random.weighted([
      [9, "often"],
      [1, "seldom"],
      [0, "never"],
    ] as const),
  );
  const often = chosen.filter((item) => item === "often").length;
  expect(chosen).not.toContain("never");
  expect(often).toBeGreaterThan(8800);
  expect(often).toBeLessThan(9200);
});
