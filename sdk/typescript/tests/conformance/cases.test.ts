import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCases, startScriptedServer } from "./cases";
import { playScripted } from "./play-cases";

const CASES = loadCases();
let server: Awaited<ReturnType<typeof startScriptedServer>>;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());

test.each(CASES.map((playing) => [playing.title, playing] as const))("%s", async (_title, playing) => {
  expect(await playScripted(playing, server.address)).toEqual([]);
});

test("no two cases share a name", () => {
  expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThan(300);
});
