import type { MailBehavior } from "@/lib/testing/mail/mail-behavior";
import { startSmtpStandIn } from "@/lib/testing/mail/smtp-stand-in";
import { startAppServer } from "./app-server";
import { CONNECTIONS, interceptConnections, runLoad } from "./load";
import type { Bench, Result } from "./measure";
import { QUESTION } from "./proposal";
import { median } from "./statistics";
import { seedTenants } from "./tenants";

/** What a mail server that accepts every email and never responds costs intercepts, each of which sends an email. */
export async function measureMailProvider(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const hanging = await startOne(bench, "hang");
  const answering = await startOne(bench, "take");
  const rounds: { hanging: number; answering: number }[] = [];
  for (let round = 0; round < size.rounds; round++) rounds.push({ hanging: await hanging.measure(), answering: await answering.measure() });
  await Promise.all([hanging.stop(), answering.stop()]);
  const values = rounds.map((round) => round.hanging / round.answering);
  const ms = (which: "hanging" | "answering") => `${median(rounds.map((round) => round[which])).toFixed(1)} ms`;
  return [
    {
      title: "pending p95, mail server hangs ÷ answers",
      value: median(values),
      unit: "",
      target: { atMost: 1.2 },
      detail: `${ms("hanging")} ÷ ${ms("answering")}, ${CONNECTIONS} connections`,
      rounds: values,
    },
  ];
}

async function startOne(bench: Bench, behavior: MailBehavior) {
  const databaseUrl = await bench.createDatabase();
  const connections = interceptConnections(await seedTenants(databaseUrl, bench.size.smallRuns), QUESTION);
  const provider = await startSmtpStandIn();
  bench.atEnd(provider.stop);
  provider.behavior = () => behavior;
  const server = await startAppServer(bench, databaseUrl, {
    SMTP_URL: provider.url,
    DAAI_MAIL_FROM: "console@example.com",
    DAAI_STRANGER_MAILS_PER_HOUR: "1000000",
  });
  const load = (seconds: number) => runLoad(server.url, connections, seconds);
  await load(bench.size.warmUpSeconds);
  return { stop: server.stop, measure: async () => (await load(bench.size.roundSeconds)).p95Ms };
}
