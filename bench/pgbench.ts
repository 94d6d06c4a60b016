import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { loadDecisionSnapshot } from "@/lib/action-runs/propose/decision-snapshot";
import { proposeRun } from "@/lib/action-runs/propose/propose-run";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { readProvenance } from "@/lib/contract/provenance";
import { getDb } from "@/lib/db/client";
import { CONNECTIONS } from "./load";
import type { Bench } from "./measure";
import { PROPOSAL } from "./proposal";
import { percentile } from "./statistics";
import type { Tenant } from "./tenants";

/** The statement of lib/action-runs/propose/intercept-batcher.ts; each client keeps its request as text and puts new ids in. */
const SCRIPT = `
\\if :is_first
\\set tenant :client_id % :tenants
SELECT request FROM bench_requests WHERE tenant = :tenant \\gset
\\set is_first 0
\\endif
SELECT ordinal, outcome, existing_run_id, decided_at, minute_used, day_used, used
FROM daai_intercept(replace(replace(replace(:request,
  '@run', uuidv7()::text), '@receipt', uuidv7()::text), '@key', gen_random_uuid()::text)::jsonb);
`;

export interface Pgbench {
  readonly transactionsPerSecond: number;
  readonly averageMs: number;
  /** Only of one client: writing every time down would slow many. */
  readonly medianMs: number | null;
}

interface PgbenchRun {
  /** The first so many propose. */
  readonly tenants: number;
  readonly seconds: number;
  readonly clients?: number;
}

export function hasPgbench(): boolean {
  return spawnSync("pgbench", ["--version"], { stdio: "ignore" }).status === 0;
}

/**
 * The fairest competitor: C instead of TypeScript, no HTTP, and the statement that the console runs, prepared, on as many
 * connections. Makes ready a database; the function it returns runs it.
 */
export async function preparePgbench(
  { folder }: Bench,
  databaseUrl: string,
  tenants: readonly Tenant[],
): Promise<(run: PgbenchRun) => Promise<Pgbench>> {
  const script = join(folder, "intercept.pgbench");
  writeFileSync(script, SCRIPT);
  const requests = await Promise.all(tenants.map(requestOf));
  await getDb().$executeRaw`CREATE TABLE bench_requests (tenant int PRIMARY KEY, request text NOT NULL)`;
  await getDb().$executeRaw`
    INSERT INTO bench_requests SELECT ordinality - 1, request FROM unnest(${requests}::text[]) WITH ORDINALITY AS r(request)`;
  const run = async ({ tenants: proposing, seconds, clients = CONNECTIONS }: PgbenchRun) => {
    const log = clients === 1 ? join(folder, "pgbench-times") : null;
    const { hostname, port, username, password, pathname } = new URL(databaseUrl);
    const args = [
      "-n",
      "-M",
      "prepared",
      "-c",
      String(clients),
      "-j",
      String(Math.min(clients, 2)),
      ...(log === null ? [] : ["-l", "--log-prefix", log]),
      "-T",
      String(seconds),
      "-D",
      `tenants=${proposing}`,
      "-D",
      "is_first=1",
      "-f",
      script,
      "-h",
      hostname,
      "-p",
      port,
      "-U",
      username,
      pathname.slice(1),
    ];
    const { stdout } = await promisify(execFile)("pgbench", args, { env: { ...process.env, PGPASSWORD: password } });
    return {
      transactions: read(stdout, /transactions actually processed: (\d+)/),
      transactionsPerSecond: read(stdout, /^tps = ([\d.]+)/m),
      averageMs: read(stdout, /latency average = ([\d.]+) ms/),
      medianMs: log === null ? null : medianOfLog(folder, basename(log)),
    };
  };

  // A statement that is refused is quick: what is compared must have written its runs.
  const before = await getDb().actionRun.count();
  const { transactions } = await run({ tenants: tenants.length, seconds: 1 });
  const written = (await getDb().actionRun.count()) - before;
  if (written !== transactions) throw new Error(`pgbench ran ${transactions} transactions that wrote ${written} runs.`);
  return run;
}

/** Its lines begin with client_id, transaction_no and time, in microseconds. */
function medianOfLog(folder: string, prefix: string): number {
  const times: number[] = [];
  for (const name of readdirSync(folder).filter((one) => one.startsWith(`${prefix}.`))) {
    const path = join(folder, name);
    for (const line of readFileSync(path, "utf8").trim().split("\n")) times.push(Number(line.split(" ")[2]) / 1000);
    rmSync(path);
  }
  return percentile(times, 50);
}

async function requestOf(tenant: Tenant): Promise<string> {
  const snapshot = await loadDecisionSnapshot(visitorContext(), tenant.credentials, PROPOSAL.action);
  const request = interceptRequestSchema.parse({ ...PROPOSAL, idempotency_key: "@key" });
  const provenance = readProvenance(request, request.payload);
  if ("ok" in snapshot || !provenance.ok) throw new Error("The proposal was refused.");
  const proposed = { request, payload: request.payload, payloadText: JSON.stringify(request.payload), provenance: provenance.provenance };
  const { row } = proposeRun(tenant.credentials, snapshot, proposed);
  return JSON.stringify([{ ...row, ordinal: 0 }])
    .replaceAll(row.run_id, "@run")
    .replaceAll(row.receipt_id ?? "", "@receipt");
}

function read(output: string, pattern: RegExp): number {
  const value = pattern.exec(output)?.[1];
  if (value === undefined) throw new Error(`pgbench printed no ${pattern.source}:\n${output}`);
  return Number(value);
}
