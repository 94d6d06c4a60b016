import { makeBudget } from "@/lib/testing/budgets";
import { makeAction } from "@/lib/testing/factories";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { PROPOSAL } from "./proposal";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

/** What counting toward a budget costs a proposal: when all proposals share one total, and when each workspace has its own. */
export async function measureBudgets(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  for (const tenant of tenants) {
    for (const name of ["free", "counted"]) await makeAction(tenant, { name, policy: { type: "always_allow" } });
    await makeBudget(tenant, { limit: "1000000000000", countsAllActions: false, actions: ["counted"] });
  }
  const server = await startAppServer(bench, databaseUrl);
  const loads = { hot: tenants.slice(0, 1), many: tenants };
  const measure = async (which: keyof typeof loads, action: string, seconds: number) =>
    (await runLoad(server.url, interceptConnections(loads[which], { ...PROPOSAL, action }), seconds)).requestsPerSecond;
  const compare = async (title: string, which: keyof typeof loads, atLeast: number): Promise<Result> => {
    for (const action of ["free", "counted"]) await measure(which, action, size.warmUpSeconds);
    const rounds: { counted: number; free: number }[] = [];
    for (let round = 0; round < size.rounds; round++) {
      rounds.push({ counted: await measure(which, "counted", size.roundSeconds), free: await measure(which, "free", size.roundSeconds) });
    }
    const rate = (of: "counted" | "free") => `${Math.round(median(rounds.map((round) => round[of]))).toLocaleString("en-US")}/s`;
    const values = rounds.map(({ counted, free }) => counted / free);
    const detail = `${rate("counted")} ÷ ${rate("free")}, ${CONNECTIONS} connections`;
    return { title, value: median(values), unit: "", target: { atLeast }, detail, rounds: values };
  };
  const results = [
    await compare("intercept, one hot budget ÷ none", "hot", 0.8),
    await compare("intercept, many budgets ÷ none", "many", 0.9),
  ];
  await server.stop();
  return results;
}
