import { expect, it } from "vitest";
import { describeTimes } from "./times";

it("tells how long the jobs took, and the ten files that took longest, over all their jobs", () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ name: `file ${index}`, seconds: index }));
  const text = describeTimes([{ name: "unit", seconds: 61.4 }], [...files, { name: "file 3", seconds: 20 }]);
  expect(text.split("\n")).toEqual([
    "Times:",
    "    61 s  unit",
    "Slowest files:",
    "    23 s  file 3",
    ...[11, 10, 9, 8, 7, 6, 5, 4, 2].map((index) => `${String(index).padStart(6)} s  file ${index}`),
    "",
  ]);
});
