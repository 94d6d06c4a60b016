import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runAdmin } from "@/lib/testing/run-admin";
import { bundleGateway } from "@/scripts/packages/make-gateway-package";
import { BANK, LineClient } from "@/sdk/gateway/tests/gateway-process";
import { startAppServer } from "./app-server";
import type { Bench, Result } from "./measure";
import { percentile } from "./statistics";
import { seedTenants } from "./tenants";

const ACTION = "gateway_calls";
const SETTINGS = `server: bank\naccept_action: ${ACTION}\nactions: { pay: ${ACTION} }\n`;

/** What an allowed call of an MCP tool costs more through the gateway, one call after the other: proposed, claimed, forwarded and reported. */
export async function measureGateway(bench: Bench): Promise<Result[]> {
  const databaseUrl = await bench.createDatabase();
  const [tenant] = await seedTenants(databaseUrl, bench.size.smallRuns);
  if (!tenant) throw new RangeError("no tenants");
  await runAdmin(databaseUrl, ["action", "register", "--workspace", tenant.workspaceId, "--name", ACTION, "--policy", "always_allow"]);
  const console = await startAppServer(bench, databaseUrl);
  const folder = join(bench.folder, "gateway");
  mkdirSync(folder);
  const program = join(folder, "daai-mcp.mjs");
  const config = join(folder, "gateway.yaml");
  writeFileSync(program, (await bundleGateway("sdk/gateway")).program);
  writeFileSync(config, `state: ${join(folder, "state")}\n${SETTINGS}`);
  const server = [...BANK, join(folder, "done.txt"), join(folder, "none")];
  const keys = { DAAI_API_KEY: tenant.apiKey, DAAI_WORKSPACE_KEY: tenant.workspaceKey, DAAI_BASE_URL: console.url };
  const direct = await connect(bench, server);
  const through = await connect(bench, [process.execPath, program, "--config", config, "--", ...server], keys);
  const warmUntil = performance.now() + bench.size.warmUpSeconds * 1000;
  while (performance.now() < warmUntil) for (const client of [direct, through]) await timeCall(client, 1);
  const [without, with_]: [number[], number[]] = [[], []];
  // In turn, so that whatever else the machine does slows both.
  for (let call = 0; call < bench.size.toolCalls; call++) {
    without.push(await timeCall(direct, call));
    with_.push(await timeCall(through, call));
  }
  for (const client of [direct, through]) await client.end();
  await console.stop();
  const p95 = (times: number[]) => percentile(times, 95);
  return [
    {
      title: "an allowed MCP call through the gateway, more than without",
      value: p95(with_) - p95(without),
      unit: "ms",
      target: { atMost: 10 },
      detail: `p95 of ${with_.length}: ${p95(with_).toFixed(1)} − ${p95(without).toFixed(1)} ms, median ${percentile(with_, 50).toFixed(1)} ms`,
      rounds: with_.map((time, call) => time - (without[call] ?? 0)),
    },
  ];
}

async function connect(bench: Bench, command: readonly string[], env: Record<string, string> = {}): Promise<LineClient> {
  const client = new LineClient(command, env);
  bench.atEnd(async () => void (await client.kill()));
  await client.initialize();
  return client;
}

async function timeCall(client: LineClient, amount: number): Promise<number> {
  const startedAt = performance.now();
  const result = await client.call("pay", { amount });
  if (result["isError"]) throw new Error(`A call wasn't executed: ${JSON.stringify(result)}`);
  return performance.now() - startedAt;
}
