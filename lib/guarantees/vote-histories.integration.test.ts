import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { APPROVE } from "@/lib/testing/deciders";
import { claim, linkTokens, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { isLinearizable, type Operation, type SequentialModel } from "@/lib/testing/guarantees/linearizable";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { untilAvailable } from "@/lib/testing/until-available";

// Two of three, then one.
const STAGES = [
  { people: ["ann", "ben", "chi"], approvals: 2 },
  { people: ["dot"], approvals: 1 },
] as const;
const PEOPLE = STAGES.flatMap(({ people }) => [...people]);
const emailOf = (person: string) => `${person}@example.com`;
const HISTORIES = proofSize(30, 10_000);

interface Call {
  readonly act: "approve" | "take_back" | "reject" | "withdraw" | "claim" | "look";
  /** Who decides. */
  readonly person: string;
}
interface State {
  readonly status: "pending_approval" | "approved" | "rejected";
  readonly isClaimed: boolean;
  readonly isWithdrawn: boolean;
  readonly votes: readonly string[];
}
/** What the caller is told: the status after it, or that it was refused. */
type Answer = State["status"] | "refused" | "claimed";

const stageOf = (votes: readonly string[]) =>
  STAGES.find(({ people, approvals }) => votes.filter((voter) => (people as readonly string[]).includes(voter)).length < approvals);

/** What one console does that answers one call after the other. */
const oneConsole: SequentialModel<State, Call, Answer> = {
  initial: { status: "pending_approval", isClaimed: false, isWithdrawn: false, votes: [] },
  next(state, { act, person }) {
    const refused = { state, answer: "refused" } as const;
    const to = (after: Partial<State>) => ({ state: { ...state, ...after }, answer: after.status ?? state.status });
    const isPending = state.status === "pending_approval";
    const isFree = state.status === "approved" && !state.isClaimed;
    const hasVoted = state.votes.includes(person);
    const isAsked = isPending && !hasVoted && (stageOf(state.votes)?.people as readonly string[]).includes(person);
    switch (act) {
      case "look":
        return { state, answer: state.status };
      case "approve": {
        if (!isAsked) return refused;
        const votes = [...state.votes, person].sort();
        return to({ votes, status: stageOf(votes) ? "pending_approval" : "approved" });
      }
      case "reject":
        return isAsked ? to({ status: "rejected" }) : refused;
      case "take_back":
        if (isPending && hasVoted) return to({ votes: state.votes.filter((voter) => voter !== person), status: "pending_approval" });
        return isFree && hasVoted ? to({ status: "rejected" }) : refused;
      case "withdraw":
        // Withdrawing again is a replay.
        return isPending || isFree || state.isWithdrawn ? to({ status: "rejected", isWithdrawn: true }) : refused;
      case "claim":
        return isFree ? { state: { ...state, isClaimed: true }, answer: "claimed" } : refused;
    }
  },
};

/** Some callers, each of whom waits for an answer before the next call. */
const callers = fc.array(
  fc.array(
    fc.record({
      // Mostly approvals, so that most histories get somewhere.
      act: fc.constantFrom<Call["act"][]>("approve", "approve", "approve", "approve", "take_back", "reject", "withdraw", "claim", "look"),
      person: fc.constantFrom(...PEOPLE),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  { minLength: 2, maxLength: 4 },
);

type Answering = (call: Call) => Promise<Answer>;

async function historyOf(calls: readonly (readonly Call[])[], answerTo: Answering): Promise<Operation<Call, Answer>[]> {
  const history: Operation<Call, Answer>[] = [];
  const ask = async (call: Call) => {
    const calledAt = performance.now();
    const answer = await answerTo(call);
    history.push({ call, answer, calledAt, answeredAt: performance.now() });
  };
  await Promise.all(
    calls.map(async (own) => {
      for (const call of own) await ask(call);
    }),
  );
  // What is left in the end follows from all of it.
  await ask({ act: "look", person: "" });
  return history;
}

/** One line a call, in the order in which they were made. */
const textOf = (history: readonly Operation<Call, Answer>[]) =>
  [...history]
    .sort((a, b) => a.calledAt - b.calledAt)
    .map(
      ({ call: { act, person }, answer, calledAt, answeredAt }) =>
        `${calledAt.toFixed(1)}-${answeredAt.toFixed(1)} ${act} ${person}: ${answer}`,
    )
    .join("\n");

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  const [first, ...later] = STAGES.map(({ people, approvals }) => ({ approvals, people: people.map(emailOf) }));
  await makeAction(workspace, { name: "wire", approverEmails: first?.people ?? [], approvals: first?.approvals ?? 1, laterStages: later });
});

/** The console, asked about one run. */
function consoleOf(runId: string): Answering {
  return async ({ act, person }) => {
    const link = (await linkTokens(runId)).get(emailOf(person));
    const visitor = visitorContext();
    switch (act) {
      case "look":
        return (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus as State["status"];
      case "approve":
      case "reject": {
        // Who isn't asked yet has no link.
        if (link === undefined) return "refused";
        const answer = act === "approve" ? APPROVE : ({ decision: "reject", comment: "No.", confirm: true } as const);
        const outcome = await untilAvailable(() => decideByLink(visitor, link, answer));
        return outcome.ok ? (outcome.run.effect.governanceStatus as Answer) : "refused";
      }
      case "take_back": {
        if (link === undefined) return "refused";
        const outcome = await untilAvailable(() => revokeByLink(visitor, link, { comment: null, confirm: true }));
        return outcome.ok ? outcome.revoked.effect.governanceStatus : "refused";
      }
      case "withdraw":
        return (await untilAvailable(() => withdrawRun(workspace.ctx, { runId, reason: "Paid meanwhile." }))).ok ? "rejected" : "refused";
      case "claim":
        return (await claim(workspace, runId)).ok ? "claimed" : "refused";
    }
  };
}

test(`several approvals are given, taken back, ended and used as if one after the other, ${HISTORIES} histories`, {
  timeout: HISTORIES * 5_000 + 60_000,
}, async () => {
  const ends: string[] = [];
  await fc.assert(
    fc.asyncProperty(callers, async (calls) => {
      const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: {} });
      const history = await historyOf(calls, consoleOf(runId));
      expect(isLinearizable(oneConsole, history), textOf(history)).toBe(true);
      ends.push(history.at(-1)?.answer ?? "");
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  );
  printFigures("Histories of several approvals", { histories: HISTORIES, violations: 0, ...tally(ends) });
});

test("a console that reads before it writes, without a lock, is caught", async () => {
  const careless = (): Answering => {
    let stored = oneConsole.initial;
    return async (call) => {
      const { state, answer } = oneConsole.next(stored, call);
      await sleep(1);
      stored = state;
      return answer;
    };
  };
  let caught = 0;
  await fc.assert(
    fc.asyncProperty(callers, async (calls) => {
      if (!isLinearizable(oneConsole, await historyOf(calls, careless()))) caught++;
    }),
    { numRuns: 100 },
  );
  expect(caught).toBeGreaterThan(10);
});
