import { countWaiting } from "@/lib/approvals/count-waiting";
import { userContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { switchDatabase } from "./tenants";

const OWN = 12;
const TENANTS = 10;
const OTHERS = 20_000;
const CALLS = 200;

/** What every page of the console counts for its reader: with many runs that wait for others ÷ with none. */
export async function measureWaitingCount(bench: Bench): Promise<Result[]> {
  await switchDatabase(await bench.createDatabase());
  const mine = await makeWorkspace();
  for (let i = 0; i < OWN; i++) await makeRun(mine, "always_require_approval");
  const { id: userId, email } = await getDb().user.findUniqueOrThrow({ where: { email: mine.ownerEmail } });
  const reader = userContext({ sessionId: "", userId, email, name: null, isOperator: false });
  const alone: number[] = [];
  const crowded: number[] = [];
  await getDb().$executeRaw`ANALYZE`;
  for (let round = 0; round < bench.size.rounds; round++) alone.push(await timeOf(() => countWaiting(reader)));
  for (let tenant = 0; tenant < TENANTS; tenant++) await fill(await makeWorkspace(), OTHERS / TENANTS);
  await getDb().$executeRaw`ANALYZE`;
  for (let round = 0; round < bench.size.rounds; round++) crowded.push(await timeOf(() => countWaiting(reader)));
  const [before, after] = [median(alone), median(crowded)];
  return [
    {
      title: `count of someone's pending requests, with ${OTHERS.toLocaleString("en-US")} runs pending for others ÷ with none`,
      value: after / before,
      unit: "",
      target: { atMost: 1.2 },
      detail: `${after.toFixed(2)} ÷ ${before.toFixed(2)} ms`,
      rounds: crowded.map((time) => time / before),
    },
  ];
}

/** Milliseconds a call, the median of many. */
async function timeOf(call: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = -20; i < CALLS; i++) {
    const startedAt = performance.now();
    if ((await call()) !== OWN) throw new Error("The count is wrong.");
    // The first ones warm up plans and caches.
    if (i >= 0) times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** Copies of one waiting run, each with its request and its link. */
async function fill(workspace: TestWorkspace, count: number): Promise<void> {
  const runId = await makeRun(workspace, "always_require_approval");
  const db = getDb();
  await db.$executeRaw`
    INSERT INTO action_runs SELECT (jsonb_populate_record(run, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', NULL))).*
    FROM action_runs run, generate_series(2, ${count}::int) WHERE run.id = ${runId}::uuid`;
  await db.$executeRaw`
    INSERT INTO approval_requests SELECT (jsonb_populate_record(request, jsonb_build_object('id', gen_random_uuid(), 'run_id', run.id))).*
    FROM approval_requests request JOIN action_runs run ON run.workspace_id = request.workspace_id AND run.id <> request.run_id
    WHERE request.run_id = ${runId}::uuid`;
  await db.$executeRaw`
    INSERT INTO decision_links
    SELECT (jsonb_populate_record(link, jsonb_build_object('id', gen_random_uuid(), 'approval_request_id', other.id,
      'token_hash', '\\x' || encode(sha256(other.id::text::bytea), 'hex')))).*
    FROM decision_links link JOIN approval_requests request ON request.id = link.approval_request_id AND request.run_id = ${runId}::uuid
    JOIN approval_requests other ON other.workspace_id = request.workspace_id AND other.id <> request.id`;
}
