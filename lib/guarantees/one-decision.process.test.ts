import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { disconnectDb, getDb } from "@/lib/db/client";
import { PROBLEM_STATUSES } from "@/lib/http/problem-statuses";
import { type Answer, type ApiClient, runPath } from "@/lib/testing/api-suite/api-client";
import { linkTokens, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures, spread } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { type SeenStatuses, untilAnswered } from "@/lib/testing/guarantees/until-answered";
import { untilAvailable } from "@/lib/testing/until-available";

const APPROVERS = ["ada@example.com", "grace@example.com", "mary@example.com"];
const ROUNDS = proofSize(60, 2000);
/** Longer than any test may take: an answer within it came because of the decision. */
const LONG_WAIT = 60;

let consoles: Consoles;
let first: ApiClient;
let second: ApiClient;
let workspace: TestWorkspace;

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
  [first, second] = [consoles.of(0).api, consoles.of(1).api];
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund_customer", approverEmails: APPROVERS });
  // The first page that a process shows takes its time; later ones race.
  await Promise.all([first, second].map((api) => api.get("/decide/unknown")));
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

describe("one decision", () => {
  it("wins, whoever decides at once by links, pages and the console", { timeout: proofSize(120_000, 1_800_000) }, async () => {
    const winners: string[] = [];
    const losers: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { winner, others } = await race(round);
      winners.push(winner);
      losers.push(...others);
    }
    printFigures("One decision", { rounds: ROUNDS, "winners each": 1, ...tally(winners), ...tally(losers) });
  });

  it("wakes at once those who wait on the other process", { timeout: proofSize(300_000, 3_600_000) }, async () => {
    const timesMs: number[] = [];
    for (let round = 0; round < proofSize(3, 30); round++) {
      const { runId, links } = await ask();
      const read = (wait: number) => untilAnswered(() => second.get(runPath(runId, `status?wait=${wait}`), { as: workspace }));
      // Asked before all others, and for as long: were they answered because their time is over, this one would be the first.
      const undecided = await ask();
      let isStillHeld = true;
      const held = untilAnswered(() => second.get(runPath(undecided.runId, `status?wait=${LONG_WAIT}`), { as: workspace })).finally(
        () => (isStillHeld = false),
      );
      await untilAnswered(() => second.get(runPath(undecided.runId, "status?wait=0.5"), { as: workspace }));
      const waiting = Array.from({ length: 10 }, () => read(LONG_WAIT));
      // Asked later and answered: those before it are being held.
      await read(0.5);
      const decidedAt = performance.now();
      expect((await first.post(links[1] ?? "", { decision: "reject" })).status).toBe(200);
      for (const answer of waiting) {
        expect((await answer).json).toMatchObject({ governance_status: "rejected", decided_by: APPROVERS[1], executable: false });
        timesMs.push(performance.now() - decidedAt);
      }
      expect(isStillHeld).toBe(true);
      await first.post(undecided.links[1] ?? "", { decision: "reject" });
      await held;
    }
    printFigures("Decision to waiting answer on the other process", { waiting: timesMs.length, time: spread(timesMs) });
  });
});

interface Attempt {
  who: string;
  how: string;
  answer: () => Promise<Answer>;
}

/** Five or six answers at once to one run, some of them by one person, and two who wait for it. */
async function race(round: number): Promise<{ winner: string; others: string[] }> {
  const { runId, links } = await ask();
  const [ada = "", grace = "", mary = ""] = links;
  const waiting = [first, second].map((api) => untilAnswered(() => api.get(runPath(runId, `status?wait=${LONG_WAIT}`), { as: workspace })));
  const approve = { decision: "approve", confirm: true };
  const attempts: Attempt[] = [
    { who: "ada@example.com", how: "approve", answer: () => first.post(ada, approve) },
    { who: "ada@example.com", how: "approve on the other process", answer: () => second.post(ada, approve) },
    { who: "grace@example.com", how: "reject", answer: () => second.post(grace, { decision: "reject" }) },
    { who: "grace@example.com", how: "approve after all", answer: () => first.post(grace, approve) },
    { who: "mary@example.com", how: "block on the page", answer: () => blockOnPage(second, mary) },
  ];
  // Another one is ahead in each round. The console of this test is ahead whenever it takes part: it needs no HTTP.
  const order = [...attempts.slice(round % attempts.length), ...attempts.slice(0, round % attempts.length)];
  const [inConsole, ...outcomes] = await Promise.all([round % 4 === 0 ? approveInConsole(runId) : null, ...order.map(outcomeOf)]);
  if (inConsole) outcomes.push({ who: workspace.ownerEmail, how: "approve in the console", outcome: inConsole, wasUnsure: false });

  const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, include: { decision: true } });
  const { governanceStatus: status, decidedBy } = run;
  expect(run.decision?.decidedBy).toBe(decidedBy);
  expect(await getDb().receipt.count({ where: { runId } })).toBe(1);
  expect(await getDb().auditEvent.count({ where: { subjectId: runId, verb: "run.decided" } })).toBe(1);
  for (const { json } of await Promise.all(waiting)) expect(json).toMatchObject({ governance_status: status, decided_by: decidedBy });

  const [toldSo, ...alsoWon] = outcomes.filter(({ outcome }) => outcome === "won");
  expect(alsoWon).toEqual([]);
  // On a machine that is too busy the winner may have been told 503 first, and the second time that the link was used.
  const won = toldSo ?? outcomes.find(({ who, wasUnsure }) => who === decidedBy && wasUnsure);
  expect([won?.who, won && STATUS_AFTER[won.how.split(" ")[0] ?? ""]]).toEqual([decidedBy, status]);
  // Who is late is told who was faster.
  const others = outcomes.filter(({ outcome }) => outcome !== "won").map(({ outcome }) => outcome);
  const late = [`already_decided ${decidedBy}`, `link_used ${decidedBy}`, "late page"];
  expect(others.filter((outcome) => !late.includes(outcome))).toEqual([]);
  return { winner: `won by ${won?.how}`, others: others.map((outcome) => outcome.replace(/ \S+@.*/, "")) };
}

const STATUS_AFTER: Record<string, string> = { approve: "approved", reject: "rejected", block: "blocked" };

/** A new run, and its links in the order of the approvers. */
async function ask(): Promise<{ runId: string; links: string[] }> {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_customer", payload: { amount: 5 } });
  const tokens = await linkTokens(runId);
  return { runId, links: APPROVERS.map((email) => `/api/v1/public/decisions/${tokens.get(email)}`) };
}

/** `won`, or the code of the refusal and who was faster. */
async function outcomeOf({ who, how, answer }: Attempt): Promise<{ who: string; how: string; outcome: string; wasUnsure: boolean }> {
  const seen: SeenStatuses = {};
  const { status, json } = await untilAnswered(answer, seen);
  const wasUnsure = Object.keys(seen).length > 1;
  if (status === 200 || status === 303) return { who, how, outcome: status === 200 ? "won" : "late page", wasUnsure };
  const { code, decided_by: decidedBy } = json as { code: keyof typeof PROBLEM_STATUSES; decided_by: string };
  expect(status).toBe(PROBLEM_STATUSES[code]);
  return { who, how, outcome: `${code} ${decidedBy}`, wasUnsure };
}

/** As the form on the decision's page is sent. The page that follows tells whether the answer counted: then it is 200 here. */
async function blockOnPage(api: ApiClient, link: string): Promise<Answer> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: api.origin };
  const answer = await api.call("POST", `/decide/${link.split("/").at(-1)}/answer`, "decision=block&confirm=yes", { headers });
  expect(answer.status).toBe(303);
  const location = answer.headers.get("location") ?? "";
  return { ...answer, status: location.endsWith("?done=1") ? 200 : location.endsWith("refused=failure") ? 503 : 303 };
}

async function approveInConsole(runId: string): Promise<string> {
  const outcome = await untilAvailable(() => decideRun(workspace.ctx, { runId, decision: "approve", comment: null }));
  return outcome.ok ? "won" : `${outcome.code} ${String(outcome.fields?.decided_by)}`;
}
