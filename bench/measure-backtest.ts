import { setTimeout as sleep } from "node:timers/promises";
import { getBacktest } from "@/lib/backtests/get-backtest";
import { startBacktest } from "@/lib/backtests/start-backtest";
import { draftSchema } from "@/lib/registered-actions/schema";
import type { MemberContext } from "@/lib/security/context";
import { expectOk, makeAction, makePerson, makeWorkspace } from "@/lib/testing/factories";
import { makeHistory } from "@/scripts/admin/seed/history";
import { openWorld } from "@/scripts/admin/seed/seed-world";
import { tidyUp, writeHistory } from "@/scripts/admin/seed/write-history";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { RULE_SET } from "./measure-rules";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const ACTION = "refund_customer";
const LOOK_MS = 50;

/** How long a backtest of 20 rules takes while proposals are decided by the same process, and what it costs them. */
export async function measureBacktest(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const connections = interceptConnections(await seedTenants(databaseUrl, size.smallRuns));
  const ctx = await seedHistory(size.backtestRuns);
  const server = await startAppServer(bench, databaseUrl);
  const load = async (seconds: number) => (await runLoad(server.url, connections, seconds)).p95Ms;
  await load(size.warmUpSeconds);
  const rounds: { seconds: number; during: number; without: number }[] = [];
  let before = await load(size.roundSeconds);
  for (let round = 0; round < size.rounds; round++) {
    const backtest = runBacktest(ctx, round);
    const during = await load(size.roundSeconds);
    const seconds = await backtest;
    // Before and after, because machines become slower and faster with time.
    const after = await load(size.roundSeconds);
    rounds.push({ without: (before + after) / 2, during, seconds });
    before = after;
  }
  await server.stop();
  const [seconds, ratios] = [rounds.map((round) => round.seconds), rounds.map(({ during, without }) => during / without)];
  const ms = (which: "during" | "without") => `${median(rounds.map((round) => round[which])).toFixed(1)} ms`;
  return [
    {
      title: `backtest of ${size.backtestRuns.toLocaleString("en-US")} runs`,
      value: median(seconds),
      unit: "s",
      target: { atMost: 15 },
      detail: `${RULE_SET.rules.length} rules, under the load of intercepts`,
      rounds: seconds,
    },
    {
      title: "intercept p95, backtest ÷ none",
      value: median(ratios),
      unit: "",
      target: { atMost: 1.1 },
      detail: `${ms("during")} ÷ ${ms("without")}, ${CONNECTIONS} connections`,
      rounds: ratios,
    },
  ];
}

/** A workspace whose runs are all of one action. */
async function seedHistory(runs: number): Promise<MemberContext> {
  const workspace = await makeWorkspace();
  await makeAction(workspace, { name: ACTION, policy: { type: "require_approval_above_amount", threshold: "500" } });
  const { actions, ...world } = await openWorld(workspace.workspaceId, undefined);
  await writeHistory(makeHistory({ ...world, actions: actions.filter(({ name }) => name === ACTION) }, { runs, seedNumber: 1 }), () => {});
  await tidyUp();
  return (await makePerson(workspace, "admin")).ctx;
}

/** Resolves to the seconds it took. Each round has its own draft, because the result of the same one is shown again. */
async function runBacktest(ctx: MemberContext, round: number): Promise<number> {
  const rules = [{ name: `round ${round}`, when: `amount < -${round + 1}`, then: "block" as const }, ...RULE_SET.rules.slice(1)];
  const draft = draftSchema.parse({ policy: { type: "rules", rules: { ...RULE_SET, rules } }, recipientField: null, riskLevel: "medium" });
  const startedAt = performance.now();
  const { backtestId } = expectOk(await startBacktest(ctx, { name: ACTION, days: 90, draft }));
  for (;;) {
    const { status } = expectOk(await getBacktest(ctx, { backtestId })).backtest;
    if (status === "done") return (performance.now() - startedAt) / 1000;
    if (status === "failed" || status === "canceled") throw new Error(`The backtest is ${status}.`);
    await sleep(LOOK_MS);
  }
}
