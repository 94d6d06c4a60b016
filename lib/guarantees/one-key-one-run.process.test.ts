import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { disconnectDb, getDb } from "@/lib/db/client";
import { type Answer, INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { type SeenStatuses, untilAnswered } from "@/lib/testing/guarantees/until-answered";

const APPROVERS = ["ada@example.com", "grace@example.com"];
const REQUESTS = 50;
const ROUNDS = proofSize(40, 200);
const ENOUGH = 1_000_000;

let consoles: Consoles;
let workspace: TestWorkspace;

beforeAll(async () => {
  // Without a worker every mail's job stays to be counted.
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off" } });
  const limits = { runsPerMonth: ENOUGH, emailsPerMonth: ENOUGH, interceptsPerDay: ENOUGH, interceptsPerMinute: ENOUGH };
  workspace = await makeWorkspace({ plan: "free", limits });
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "delete_customer", policy: { type: "always_block" } });
  await makeAction(workspace, { name: "refund_customer", approverEmails: APPROVERS });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

describe("one key, one run", () => {
  it("of requests at once on two processes", { timeout: proofSize(120_000, 600_000) }, async () => {
    const seen: SeenStatuses = {};
    for (let round = 0; round < ROUNDS; round++) {
      const action = ["refund_customer", "export_report", "delete_customer"][round % 3] ?? "";
      const request = { action, payload: { round }, idempotency_key: `round-${round}` };
      const answers = await atOnce(REQUESTS, async (n) => (await propose(n, request, seen)).json as InterceptResponse);
      const same = tally(answers.map((answer) => `${answer.action_run_id} ${answer.governance_status} ${answer.receipt?.id}`));
      expect(Object.values(same)).toEqual([REQUESTS]);
      expect(answers.filter((answer) => !answer.idempotent_replay)).toHaveLength(1);
    }
    const asked = Math.ceil(ROUNDS / 3);
    const { 200: answered = 0, 503: unavailable = 0, ...rest } = seen;
    expect([answered, rest]).toEqual([ROUNDS * REQUESTS, {}]);
    expect(await written()).toEqual({
      runs: ROUNDS,
      receipts: ROUNDS - asked,
      requests: asked,
      mails: asked * APPROVERS.length,
      mailJobs: asked * APPROVERS.length,
      emails_per_month: asked * APPROVERS.length,
      intercepts_per_day: ROUNDS,
      intercepts_per_minute: ROUNDS,
      runs_per_month: ROUNDS,
    });
    printFigures("One key, one run", {
      requests: answered,
      keys: ROUNDS,
      runs: ROUNDS,
      mails: asked * APPROVERS.length,
      "answers 500": 0,
      "answers 503": unavailable,
    });
  });

  it("also when payloads differ: the first is kept, the others are refused", async () => {
    const answers = await atOnce(REQUESTS, (n) =>
      propose(n, { action: "export_report", payload: { n: n % 5 }, idempotency_key: "differing" }),
    );
    expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: REQUESTS / 5, 409: (REQUESTS * 4) / 5 });
    expect(await getDb().actionRun.count({ where: { idempotencyKey: "differing" } })).toBe(1);
  });
});

function propose(n: number, request: object, seen?: SeenStatuses): Promise<Answer> {
  return untilAnswered(() => consoles.of(n).api.post(INTERCEPT, request, { as: workspace }), seen);
}

async function written(): Promise<Record<string, number>> {
  const db = getDb();
  const counters = await db.usageCounter.groupBy({
    by: ["scope"],
    where: { scope: { in: ["runs_per_month", "emails_per_month", "intercepts_per_day", "intercepts_per_minute"] } },
    _sum: { count: true },
  });
  const [jobs] = await db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int FROM graphile_worker.jobs WHERE task_identifier = 'send-email'`;
  return {
    runs: await db.actionRun.count(),
    receipts: await db.receipt.count(),
    requests: await db.approvalRequest.count(),
    mails: await db.emailDelivery.count(),
    mailJobs: jobs?.count ?? 0,
    ...Object.fromEntries(counters.map(({ scope, _sum }) => [scope, _sum.count ?? 0])),
  };
}
