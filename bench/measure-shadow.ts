import { draftSchema } from "@/lib/registered-actions/schema";
import { startShadow } from "@/lib/shadow-policies/start-shadow";
import { expectOk, makeAction } from "@/lib/testing/factories";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { RULE_SET } from "./measure-rules";
import { PROPOSAL } from "./proposal";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

/** What a shadow policy of 20 rules costs a proposal that the same rules decide. */
export async function measureShadow(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  const [first, ...others] = RULE_SET.rules;
  const draft = draftSchema.parse({ policy: { type: "rules", rules: { ...RULE_SET, rules: [...others, first] } } });
  for (const tenant of tenants) {
    for (const name of ["shadowed", "alone"]) await makeAction(tenant, { name, policy: { type: "rules", rules: RULE_SET } });
    expectOk(await startShadow(tenant.ctx, { name: "shadowed", draft }));
  }
  const server = await startAppServer(bench, databaseUrl);
  const measure = async (action: string, seconds: number) =>
    (await runLoad(server.url, interceptConnections(tenants, { ...PROPOSAL, action }), seconds)).requestsPerSecond;
  await measure("alone", size.warmUpSeconds);
  await measure("shadowed", size.warmUpSeconds);
  const rounds: { shadowed: number; alone: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({ shadowed: await measure("shadowed", size.roundSeconds), alone: await measure("alone", size.roundSeconds) });
  }
  await server.stop();
  const values = rounds.map(({ shadowed, alone }) => shadowed / alone);
  const rate = (which: "shadowed" | "alone") => `${Math.round(median(rounds.map((round) => round[which]))).toLocaleString("en-US")}/s`;
  return [
    {
      title: "intercept, with a shadow policy ÷ without",
      value: median(values),
      unit: "",
      target: { atLeast: 0.9 },
      detail: `${RULE_SET.rules.length} rules each, ${rate("shadowed")} ÷ ${rate("alone")}, ${CONNECTIONS} connections`,
      rounds: values,
    },
  ];
}
