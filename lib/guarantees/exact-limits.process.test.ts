import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { LIMITS, type Limits } from "@/lib/domain/access/limits";
import { THROTTLES } from "@/lib/domain/access/throttles";
import { type Answer, INTERCEPT } from "@/lib/testing/api-suite/api-client";
import { atOnce, makeAction, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";
import { withinOnePeriod } from "@/lib/testing/within-one-period";

const REQUESTS = 100;
const WIDE: Partial<Limits> = { interceptsPerMinute: 1_000_000, interceptsPerDay: 1_000_000 };

let consoles: Consoles;

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off", DAAI_PLAN: "free" } });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

describe("limits are exact over two processes", () => {
  it.each([
    ["minute", { ...WIDE, interceptsPerMinute: 30 }, 30, "429 rate_limit_minute"],
    ["day", { ...WIDE, interceptsPerDay: 60 }, 60, "429 rate_limit_day"],
  ] as const)("requests in a %s", async (period, limits, allowed, refused) => {
    const { answers } = await withinOnePeriod(period, () => proposeAll(limits));
    expect(tally(answers.map(outcomeOf))).toEqual({ 200: allowed, [refused]: REQUESTS - allowed });
    for (const { status, headers } of answers) if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    printFigures(`Limit of a ${period}`, { "requests at once": REQUESTS, allowed, refused: REQUESTS - allowed });
  });

  it("runs in a month: at 950 of 1,000, fifty more", async () => {
    const { answers, runs, workspace } = await withinOnePeriod("month", () => proposeAll(WIDE, { runsPerMonth: LIMITS.runsPerMonth - 50 }));
    expect(tally(answers.map(outcomeOf))).toEqual({ 200: 50, "403 monthly_run_limit": 50 });
    for (const { status, json } of answers) if (status === 403) expect(json).toMatchObject({ limit: 1000, used: 1000 });
    expect([runs, await countedOf(workspace, "runs_per_month")]).toEqual([50, 1000]);
    printFigures("Limit of a month", { "requests at once": REQUESTS, "runs in the end": 1000 });
  });

  it("mails in a month: at 50 of 100, fifty more; the other runs wait without", async () => {
    const { answers, runs, workspace } = await withinOnePeriod("month", () =>
      proposeAll(WIDE, { emailsPerMonth: LIMITS.emailsPerMonth - 50 }),
    );
    expect([tally(answers.map(outcomeOf)), runs]).toEqual([{ 200: REQUESTS }, REQUESTS]);
    const mails = await getDb().emailDelivery.groupBy({ by: ["status"], where: { workspaceId: workspace.workspaceId }, _count: true });
    expect(Object.fromEntries(mails.map(({ status, _count }) => [status, _count]))).toEqual({ queued: 50, not_sent: 50 });
    expect(await countedOf(workspace, "emails_per_month")).toBe(100);
    printFigures("Limit of mails", { "requests at once": REQUESTS, "mails in the end": 100 });
  });

  it("guesses of links from one network in a minute, whatever the plan", async () => {
    const { answers, page } = await withinOnePeriod("minute", async () => {
      await getDb().usageCounter.deleteMany({ where: { scope: "link_guess_client" } });
      const answers = await atOnce(REQUESTS, (n) => consoles.of(n).api.get(`/api/v1/public/decisions/unknown-${n % 7}`));
      return { answers, page: await consoles.of(0).api.get("/decide/unknown") };
    });
    const allowed = THROTTLES.link_guess.client;
    expect(tally(answers.map(outcomeOf))).toEqual({ "404 invalid_link": allowed, "429 too_many_link_attempts": REQUESTS - allowed });
    // The page of a link is under the same limit.
    expect(page.text).toContain("Too many");
    printFigures("Limit of link guesses", { "requests at once": REQUESTS, allowed });
  });
});

type Used = Partial<Record<"runsPerMonth" | "emailsPerMonth", number>>;
const SCOPES = { runsPerMonth: "runs_per_month", emailsPerMonth: "emails_per_month" } as const;

/** All requests at once, each for a run of its own, by a new owner who has used so much already. */
async function proposeAll(
  limits: Partial<Limits>,
  used: Used = {},
): Promise<{ answers: Answer[]; runs: number; workspace: TestWorkspace }> {
  const workspace = await makeWorkspace({ plan: "free", limits });
  await makeAction(workspace, { name: "refund_customer" });
  for (const [name, count] of Object.entries(used)) {
    await getDb().$executeRaw`
      INSERT INTO usage_counters (scope, subject, period_start, count)
      SELECT ${SCOPES[name as keyof Used]}, owner_id::text, date_trunc('month', clock_timestamp(), 'UTC'), ${count}::int
      FROM workspaces WHERE id = ${workspace.workspaceId}::uuid`;
  }
  const answers = await atOnce(REQUESTS, (n) =>
    untilAnswered(() =>
      consoles.of(n).api.post(INTERCEPT, { action: "refund_customer", payload: { n }, idempotency_key: `k-${n}` }, { as: workspace }),
    ),
  );
  const runs = await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId } });
  expect(runs).toBe(answers.filter(({ status }) => status === 200).length);
  return { answers, runs, workspace };
}

async function countedOf({ workspaceId }: TestWorkspace, scope: string): Promise<number> {
  const { ownerId } = await getDb().workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  return (await getDb().usageCounter.findFirstOrThrow({ where: { scope, subject: ownerId } })).count;
}

function outcomeOf({ status, json }: Answer): string {
  return status === 200 ? "200" : `${status} ${(json as { code: string }).code}`;
}
