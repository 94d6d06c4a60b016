import { FakeDaai } from "../../src/testing";
import { clientOf, type Decide, Player } from "./player";
import { type Case, scriptedServerAt } from "./scripted-server";

const POLICIES = { sdk_allow: "always_allow", sdk_ask: "always_require_approval", sdk_block: "always_block" } as const;
const NO_RUN = "01890000-0000-7000-8000-000000000000";

/** Plays a case with the scripted server at an address. Returns what differs. */
export async function playScripted(playing: Case, address: string): Promise<string[]> {
  const server = scriptedServerAt(address);
  const started = await server.start(playing);
  const { client, sleeps } = clientOf(playing, started.base_url);
  const problems = await new Player(client, started.run_id).play(playing);
  problems.push(...(await server.problemsOf(started.number)));
  const expected = JSON.stringify(playing.sleeps ?? sleeps);
  if (JSON.stringify(sleeps) !== expected) problems.push(`the pauses are ${JSON.stringify(sleeps)}, not ${expected}`);
  return problems;
}

/** Plays a case with the console in memory of `daai/testing`. Returns what differs. */
export function playWithFake(playing: Case): Promise<string[]> {
  const fake = new FakeDaai({ policies: POLICIES });
  const decide: Decide = async (runId, decision, comment) => {
    if (decision === "revoke") fake.revoke(runId, comment);
    else fake.decide(runId, decision as "approve" | "reject" | "block", comment);
  };
  const advance = (seconds: number) => fake.clock.advance({ seconds });
  return new Player(fake.client(), NO_RUN, decide, advance).play(playing);
}
