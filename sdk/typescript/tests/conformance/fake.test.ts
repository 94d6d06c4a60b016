import { expect, test } from "vitest";
import { FakeDaai } from "../../src/testing";
import { loadCases } from "./cases";
import { Player } from "./player";

const CASES = loadCases().filter(({ real, fake }) => real || fake);
const POLICIES = { sdk_allow: "always_allow", sdk_ask: "always_require_approval", sdk_block: "always_block" } as const;
const NO_RUN = "01890000-0000-7000-8000-000000000000";

test.each(CASES.map((playing) => [playing.title, playing] as const))("the fake of daai/testing plays %s", async (_title, playing) => {
  const fake = new FakeDaai({ policies: POLICIES });
  const decide = async (runId: string, decision: string, comment: string | undefined) => {
    if (decision === "revoke") fake.revoke(runId, comment);
    else fake.decide(runId, decision as "approve" | "reject" | "block", comment);
  };
  const advance = (seconds: number) => fake.clock.advance({ seconds });
  expect(await new Player(fake.client(), NO_RUN, decide, advance).play(playing)).toEqual([]);
});

test("there are cases for a console", () => {
  expect(CASES.length).toBeGreaterThan(15);
});
