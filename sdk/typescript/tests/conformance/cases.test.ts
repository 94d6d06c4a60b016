import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCases, startScriptedServer } from "./cases";
import { clientOf, Player } from "./player";

const CASES = loadCases();
let server: Awaited<ReturnType<typeof startScriptedServer>>;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());

test.each(CASES.map((playing) => [playing.title, playing] as const))("%s", async (_title, playing) => {
  const started = await server.start(playing);
  const { client, sleeps } = clientOf(playing, started.base_url);
  const problems = await new Player(client, started.run_id).play(playing);
  problems.push(...(await server.problemsOf(started.number)));
  expect(problems).toEqual([]);
  expect(sleeps).toEqual(playing.sleeps ?? sleeps);
});

test("no two cases share a name", () => {
  expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
  expect(CASES.length).toBeGreaterThan(300);
});
