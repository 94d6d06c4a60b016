import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import type { PersonalDecision } from "@/lib/approvals/write-decision";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { claim, linkTokens, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { isLinearizable, type Operation } from "@/lib/testing/guarantees/linearizable";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Answer, type Call, LESS, oneConsole, PEOPLE, PROPOSED, STAGES } from "@/lib/testing/guarantees/vote-model";
import { untilAvailable } from "@/lib/testing/until-available";

const emailOf = (person: string) => `${person}@example.com`;
const payloadOf = (amount: number) => ({ amount, currency: "EUR" });
const HISTORIES = proofSize(32, 10_000);
/** Histories side by side, each in a workspace of its own: together no more callers than there are connections. */
const AT_ONCE = 4;

/** Mostly what was proposed, and what many change it to. */
const saw = fc.constantFrom(...Array.from({ length: 8 }, () => PROPOSED), LESS[0], LESS[0], LESS[1], null);
const person = fc.constantFrom(...PEOPLE);
const only = <Act extends string>(...acts: Act[]) => fc.constantFrom(...acts.map((act) => ({ act })));

/** Mostly approvals, so that most histories get somewhere. */
const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ act: fc.constant("approve" as const), person, saw }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("change" as const), person, saw, to: fc.constantFrom(...LESS) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom("take_back" as const, "take_back" as const, "reject" as const), person }) },
  { weight: 9, arbitrary: only("claim", "claim", "claim", "thaw", "withdraw", "look", "pass_time", "end", "freeze") },
);

interface Plan {
  /** What happens before the callers come, one after the other: so that many histories are about the last yes, or what follows it. */
  readonly before: readonly Call[];
  /** Each of them waits for an answer before the next call. */
  readonly callers: readonly (readonly Call[])[];
}
const yes = (person: string): Call => ({ act: "approve", person, saw: PROPOSED });
const plan: fc.Arbitrary<Plan> = fc.record({
  before: fc.constantFrom([], ["ann"], ["ann", "ben"], ["ann", "ben", "dot"]).map((people) => people.map(yes)),
  callers: fc.array(fc.array(call, { minLength: 2, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
});

type Answering = (call: Call) => Promise<Answer>;

async function historyOf({ before, callers }: Plan, answerTo: Answering): Promise<Operation<Call, Answer>[]> {
  const history: Operation<Call, Answer>[] = [];
  const ask = async (call: Call) => {
    const calledAt = performance.now();
    const answer = await answerTo(call);
    history.push({ call, answer, calledAt, answeredAt: performance.now() });
  };
  for (const call of before) await ask(call);
  await Promise.all(
    callers.map(async (own) => {
      for (const call of own) await ask(call);
    }),
  );
  // What is left in the end follows from all of it.
  await ask({ act: "look" });
  return history;
}

/** One line a call, in the order in which they were made. */
const textOf = (history: readonly Operation<Call, Answer>[]) =>
  [...history]
    .sort((a, b) => a.calledAt - b.calledAt)
    .map(
      ({ call, answer, calledAt, answeredAt }) =>
        `${calledAt.toFixed(1)}-${answeredAt.toFixed(1)} ${Object.values(call).join(" ")}: ${answer}`,
    )
    .join("\n");

let workspaces: TestWorkspace[];
beforeAll(async () => {
  workspaces = await Promise.all(Array.from({ length: AT_ONCE }, makeWorkspace));
  const [first, ...later] = STAGES.map(({ people, approvals }) => ({ approvals, people: people.map(emailOf) }));
  const stages = { approverEmails: first?.people ?? [], approvals: first?.approvals ?? 1, laterStages: later };
  const policy = { type: "always_require_approval" as const, changeableFields: [{ field: "amount", kind: "not_above" as const }] };
  for (const workspace of workspaces) await makeAction(workspace, { name: "wire", ...stages, policy });
});

function workspaceOf(lane: number): TestWorkspace {
  const workspace = workspaces[lane];
  if (!workspace) throw new Error(`There is no workspace ${lane}.`);
  return workspace;
}

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

async function thawNow(workspace: TestWorkspace): Promise<boolean> {
  const freeze = await getDb().freeze.findFirst({ where: { workspaceId: workspace.workspaceId, thawedAt: null } });
  return freeze !== null && (await thaw(workspace.ctx, { freezeId: freeze.id, comment: null, channel: "console" })).ok;
}

/** As the page of the person's link sends it; null: they aren't asked yet, so they have none. */
async function decide(runId: string, person: string, answer: PersonalDecision): Promise<Answer> {
  const link = (await linkTokens(runId)).get(emailOf(person));
  if (link === undefined) return "refused";
  const outcome = await decideByLink(visitorContext(), link, { ...answer, confirm: true });
  return outcome.ok ? (outcome.run.effect.governanceStatus as Answer) : "refused";
}

async function takeBack(runId: string, person: string): Promise<Answer> {
  const link = (await linkTokens(runId)).get(emailOf(person));
  if (link === undefined) return "refused";
  const outcome = await revokeByLink(visitorContext(), link, { comment: null, confirm: true });
  return outcome.ok ? outcome.revoked.effect.governanceStatus : "refused";
}

const hashOf = (saw: number | null) => (saw === null ? null : jsonHash(payloadOf(saw)));

/** The console, asked about one run. */
async function answerTo(workspace: TestWorkspace, runId: string, call: Call): Promise<Answer> {
  switch (call.act) {
    case "look":
      return (await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } })).governanceStatus as Answer;
    case "approve":
      return decide(runId, call.person, { decision: "approve", comment: null, payloadHash: hashOf(call.saw) });
    case "change": {
      const changes = { amount: String(call.to) };
      return decide(runId, call.person, { decision: "approve", comment: "Less is enough.", changes, payloadHash: hashOf(call.saw) });
    }
    case "reject":
      return decide(runId, call.person, { decision: "reject", comment: "No." });
    case "take_back":
      return takeBack(runId, call.person);
    case "withdraw":
      return (await withdrawRun(workspace.ctx, { runId, reason: "Paid meanwhile." })).ok ? "rejected" : "refused";
    case "claim": {
      const claimed = await claim(workspace, runId);
      return claimed.ok ? `claimed ${(claimed.answer.payload as { amount: number }).amount}` : "refused";
    }
    case "pass_time":
      await passAllTime(runId);
      return "passed";
    case "end": {
      const system = systemContext(workspace.workspaceId);
      return (await expireRun(system, runId)).ok || (await lapseApproval(system, runId)) ? "rejected" : "refused";
    }
    case "freeze": {
      const all = { actionName: null, apiKeyId: null, reason: "Wrong IBANs", channel: "console" } as const;
      return (await startFreeze(workspace.ctx, all)).ok ? "frozen" : "refused";
    }
    case "thaw":
      return (await thawNow(workspace)) ? "thawed" : "refused";
  }
}

/** Lives through one history, and returns what became of the run. */
async function check(workspace: TestWorkspace, planned: Plan): Promise<string> {
  const proposal = { action: "wire", payload: payloadOf(PROPOSED), accepts_changes: true };
  const { action_run_id: runId } = await untilAvailable(() => proposeOk(workspace, proposal));
  const history = await historyOf(planned, (call) => untilAvailable(() => answerTo(workspace, runId, call)));
  expect(isLinearizable(oneConsole, history), textOf(history)).toBe(true);
  const { governanceReason } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
  // So that the next one can be proposed, and no thaw has to move this one's deadlines.
  await thawNow(workspace);
  await withdrawRun(workspace.ctx, { runId, reason: "The history is over." });
  return governanceReason;
}

test(`several approvals are given, changed, taken back, frozen, ended and used as if one after the other, ${HISTORIES} histories`, {
  timeout: HISTORIES * 5_000 + 60_000,
}, async () => {
  const ends: string[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (plans) => {
      const outcomes = await Promise.allSettled(plans.map((planned, lane) => check(workspaceOf(lane), planned)));
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") throw outcome.reason;
        ends.push(outcome.value);
      }
    }),
    { numRuns: HISTORIES / AT_ONCE, endOnFailure: true },
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
    fc.asyncProperty(plan, async (planned) => {
      if (!isLinearizable(oneConsole, await historyOf(planned, careless()))) caught++;
    }),
    { numRuns: 100 },
  );
  expect(caught).toBeGreaterThan(10);
});
