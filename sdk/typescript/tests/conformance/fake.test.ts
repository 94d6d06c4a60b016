import { expect, test } from "vitest";
import { loadCases } from "./cases";
import { playWithFake } from "./play-cases";

const CASES = loadCases().filter(({ real, fake }) => real || fake);

test.each(CASES.map((playing) => [playing.title, playing] as const))("the fake of daai/testing plays %s", async (_title, playing) => {
  expect(await playWithFake(playing)).toEqual([]);
});

test("there are cases for a console", () => {
  expect(CASES.length).toBeGreaterThan(15);
});
