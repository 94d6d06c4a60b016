import { type Budget, FakeDaai, type Grant } from "../../src/testing";
import { type ConsoleActs, clientOf, Player } from "./player";
import { type BudgetDocument, type Case, type GrantDocument, scriptedServerAt } from "./scripted-server";

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
  const acts: ConsoleActs = {
    setUp({ actions, budgets = [] }) {
      for (const [name, policy] of Object.entries(actions)) fake.register(name, policy);
      for (const budget of budgets) fake.addBudget(budgetOf(budget));
    },
    async decide(runId, decision, comment, grant) {
      const given = grant && grantOf(grant, fake.clock.now);
      if (decision === "revoke") fake.revoke(runId, comment);
      else fake.decide(runId, decision as "approve" | "reject" | "block", comment, { grant: given });
    },
    freeze: (action) => fake.freeze({ action }),
    thaw: (action) => fake.thaw({ action }),
    advance: (seconds) => fake.clock.advance({ seconds }),
  };
  return new Player(fake.client(), NO_RUN, acts).play(playing);
}

function budgetOf({ time_zone: timeZone, per_field: perField, when_exceeded: whenExceeded, ...same }: BudgetDocument): Budget {
  return { ...same, timeZone, perField, whenExceeded };
}

function grantOf({ amount_each: amountEach, max_uses: maxUses, days, ...same }: GrantDocument, now: Date): Grant {
  return { ...same, amountEach, maxUses, until: dayIn(days, now) };
}

/** The last day of a grant. */
export function dayIn(days: number, now: Date): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
