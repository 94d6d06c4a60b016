import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
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
  readonly act: "approve" | "take_back" | "reject" | "withdraw" | "claim" | "look" | "pass_time" | "end" | "freeze" | "thaw";
  /** Who decides. */
  readonly person: string;
}
interface State {
  readonly status: "pending_approval" | "approved" | "rejected";
  readonly isClaimed: boolean;
  readonly isWithdrawn: boolean;
  /** The time for the approvals, or then for the claim, is over. The console has yet to say so. */
  readonly isOver: boolean;
  readonly isFrozen: boolean;
  readonly votes: readonly string[];
}
/** What the caller is told: the status after it, or that it was refused. */
type Answer = State["status"] | "refused" | "claimed" | "passed" | "frozen" | "thawed";

const stageOf = (votes: readonly string[]) =>
  STAGES.find(({ people, approvals }) => votes.filter((voter) => (people as readonly string[]).includes(voter)).length < approvals);

/** What one console does that answers one call after the other. */
const oneConsole: SequentialModel<State, Call, Answer> = {
  initial: { status: "pending_approval", isClaimed: false, isWithdrawn: false, isOver: false, isFrozen: false, votes: [] },
  next(state, { act, person }) {
    const refused = { state, answer: "refused" } as const;
    const to = (after: Partial<State>) => ({ state: { ...state, ...after }, answer: after.status ?? state.status });
    const { isOver, isFrozen, isClaimed } = state;
    const isPending = state.status === "pending_approval" && !isOver;
    const isFree = state.status === "approved" && !isClaimed && !isOver;
    const mayEnd = state.status !== "rejected" && !isClaimed;
    const hasVoted = state.votes.includes(person);
    const isAsked = isPending && !hasVoted && (stageOf(state.votes)?.people as readonly string[]).includes(person);
    switch (act) {
      case "look":
        return { state, answer: state.status };
      case "approve": {
        if (!isAsked || isFrozen) return refused;
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
        return isFree && !isFrozen ? { state: { ...state, isClaimed: true }, answer: "claimed" } : refused;
      case "pass_time":
        return { state: { ...state, isOver: isOver || mayEnd }, answer: "passed" };
      case "end":
        return isOver && mayEnd ? to({ status: "rejected" }) : refused;
      case "freeze":
        return isFrozen ? refused : { state: { ...state, isFrozen: true }, answer: "frozen" };
      case "thaw":
        return isFrozen ? { state: { ...state, isFrozen: false }, answer: "thawed" } : refused;
    }
  },
};

/** Mostly approvals, so that most histories get somewhere. */
const act = fc.oneof(
  { weight: 12, arbitrary: fc.constant("approve" as const) },
  { weight: 2, arbitrary: fc.constantFrom("take_back" as const, "claim" as const, "thaw" as const) },
  { weight: 4, arbitrary: fc.constantFrom<Call["act"][]>("reject", "withdraw", "look", "pass_time", "end", "freeze") },
);

/** Some callers, each of whom waits for an answer before the next call. */
const callers = fc.array(fc.array(fc.record({ act, person: fc.constantFrom(...PEOPLE) }), { minLength: 2, maxLength: 4 }), {
  minLength: 2,
  maxLength: 4,
});

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

/** Whatever has a time that is over, for longer than any freeze: the approval window of a pending run, the approval of an approved one. */
async function passAllTime(runId: string): Promise<void> {
  await getDb().$executeRaw`
    WITH run AS (
      UPDATE action_runs SET
        expires_at = CASE governance_status WHEN 'pending_approval' THEN expires_at - interval '1 year' ELSE expires_at END,
        approval_valid_until = CASE governance_status WHEN 'approved' THEN approval_valid_until - interval '1 year' END
      WHERE id = ${runId}::uuid RETURNING id, expires_at, governance_status)
    UPDATE decision_links link SET expires_at = run.expires_at
    FROM run JOIN approval_requests request ON request.run_id = run.id
    WHERE link.approval_request_id = request.id AND run.governance_status = 'pending_approval'`;
}

async function thawNow(): Promise<boolean> {
  const freeze = await getDb().freeze.findFirst({ where: { workspaceId: workspace.workspaceId, thawedAt: null } });
  return freeze !== null && (await thaw(workspace.ctx, { freezeId: freeze.id, comment: null, channel: "console" })).ok;
}

/** The console, asked about one run. */
function consoleOf(runId: string): Answering {
  return async ({ act, person }) => {
    const link = (await linkTokens(runId)).get(emailOf(person));
    const [visitor, system] = [visitorContext(), systemContext(workspace.workspaceId)];
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
      case "pass_time":
        await passAllTime(runId);
        return "passed";
      case "end":
        return (await expireRun(system, runId)).ok || (await lapseApproval(system, runId)) ? "rejected" : "refused";
      case "freeze": {
        const all = { actionName: null, apiKeyId: null, reason: "Wrong IBANs", channel: "console" } as const;
        return (await startFreeze(workspace.ctx, all)).ok ? "frozen" : "refused";
      }
      case "thaw":
        return (await thawNow()) ? "thawed" : "refused";
    }
  };
}

test(`several approvals are given, taken back, frozen, ended and used as if one after the other, ${HISTORIES} histories`, {
  timeout: HISTORIES * 5_000 + 60_000,
}, async () => {
  const ends: string[] = [];
  await fc.assert(
    fc.asyncProperty(callers, async (calls) => {
      const { action_run_id: runId } = await proposeOk(workspace, { action: "wire", payload: {} });
      const history = await historyOf(calls, consoleOf(runId));
      // So that the next one can be proposed.
      await thawNow();
      expect(isLinearizable(oneConsole, history), textOf(history)).toBe(true);
      const { governanceReason } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
      ends.push(governanceReason);
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  );
  const endings = ["approved_by_human", "rejected_by_human", "withdrawn", "approval_expired", "approval_lapsed", "approval_revoked"];
  // Rare ones may be missing among few.
  if (HISTORIES >= 1000) expect(Object.keys(tally(ends))).toEqual(expect.arrayContaining(endings));
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
