import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { makeAction } from "@/lib/testing/factories";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { PROPOSAL } from "./proposal";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

const RULES = 20;

/** All are evaluated, and the last one allows. */
export const RULE_SET: RuleSet = {
  rules: [
    { name: "country", when: 'domain(payload.customer.email) in ["example.kp", "example.ir"]', then: "block" },
    { name: "pattern", when: 'payload.invoice_id.matches("^TEST-[0-9]+$")', then: "block" },
    ...Array.from({ length: RULES - 3 }, (_, place) => ({
      name: `band ${place}`,
      when: `amount > dec("${1000 * (place + 1)}.00") && currency == "EUR" && payload.days_overdue < ${place}`,
      then: "ask" as const,
    })),
    {
      name: "usual",
      when: 'amount <= 500 && currency == "EUR" && actor == "finance_agent" && now.hour("Europe/Berlin") >= 0',
      then: "allow",
    },
  ],
  otherwise: "ask",
};

/** What deciding by 20 rules costs a proposal, against a policy that looks at nothing. */
export async function measureRules(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const databaseUrl = await bench.createDatabase();
  const tenants = await seedTenants(databaseUrl, size.smallRuns);
  for (const tenant of tenants) {
    await makeAction(tenant, { name: "by_rules", policy: { type: "rules", rules: RULE_SET } });
    await makeAction(tenant, { name: "always", policy: { type: "always_allow" } });
  }
  const server = await startAppServer(bench, databaseUrl);
  const measure = async (action: string, seconds: number) =>
    (await runLoad(server.url, interceptConnections(tenants, { ...PROPOSAL, action }), seconds)).requestsPerSecond;
  await measure("always", size.warmUpSeconds);
  await measure("by_rules", size.warmUpSeconds);
  const rounds: { byRules: number; always: number }[] = [];
  for (let round = 0; round < size.rounds; round++) {
    rounds.push({ byRules: await measure("by_rules", size.roundSeconds), always: await measure("always", size.roundSeconds) });
  }
  await server.stop();
  const values = rounds.map(({ byRules, always }) => byRules / always);
  const rate = (which: "byRules" | "always") => `${Math.round(median(rounds.map((round) => round[which]))).toLocaleString("en-US")}/s`;
  return [
    {
      title: `intercept, ${RULES} rules ÷ always_allow`,
      value: median(values),
      unit: "",
      target: { atLeast: 0.9 },
      detail: `${rate("byRules")} ÷ ${rate("always")}, ${CONNECTIONS} connections`,
      rounds: values,
    },
  ];
}
