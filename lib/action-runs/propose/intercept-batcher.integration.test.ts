import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { interceptRequestSchema } from "@/lib/contract/intercept";
import { getDb } from "@/lib/db/client";
import { isConnectionError } from "@/lib/errors/database-errors";
import { withoutDatabaseSessions } from "@/lib/testing/end-sessions";
import { atOnce, expectOk, makeAction, makeWorkspace, propose, type TestWorkspace } from "@/lib/testing/factories";
import { type DecisionSnapshot, loadDecisionSnapshot } from "./decision-snapshot";
import { writeProposal } from "./intercept-batcher";
import { type InterceptRow, proposeRun } from "./propose-run";

let workspace: TestWorkspace;
let snapshot: DecisionSnapshot;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "ask" });
  const loaded = await loadDecisionSnapshot(visitorContext(), workspace.credentials, "pay");
  if ("ok" in loaded) throw new Error(loaded.detail);
  snapshot = loaded;
});

function row(change: Partial<InterceptRow> = {}): InterceptRow {
  const request = interceptRequestSchema.parse({ action: "pay", payload: {}, idempotency_key: randomUUID() });
  const provenance = { actor: null, reasoning: null, source: null };
  return { ...proposeRun(workspace.credentials, snapshot, { request, provenance, payload: {}, payloadText: "{}" }).row, ...change };
}

describe("a batch", () => {
  test.each<[string, Partial<InterceptRow>]>([
    ["a check", { governance_status: "pending_approval" }],
    ["jsonb's rules", { payload_text: '{"a":"\\u0000"}' }],
    ["a type", { payload_hash: "not hex" }],
    ["a foreign key", { policy_version_id: randomUUID() }],
  ])("a row that violates %s fails alone", async (_, broken) => {
    const rows = Array.from({ length: 40 }, (_, i) => (i % 13 === 5 ? row(broken) : row()));
    const written = await Promise.allSettled(rows.map((one) => writeProposal(visitorContext(), snapshot.ownerId, one)));
    expect(written.map(({ status }) => status)).toEqual(rows.map((_, i) => (i % 13 === 5 ? "rejected" : "fulfilled")));
    const runs = await getDb().actionRun.findMany({ where: { id: { in: rows.map((one) => one.run_id) } }, include: { receipts: true } });
    expect(runs.map((run) => run.id).sort()).toEqual(
      rows
        .filter((_, i) => i % 13 !== 5)
        .map((one) => one.run_id)
        .sort(),
    );
    expect(runs.every((run) => run.receipts.length === 1)).toBe(true);
  });

  test("owners in opposite order do not deadlock", async () => {
    const others = await atOnce(3, async () => {
      const other = await makeWorkspace();
      await makeAction(other, { name: "ask" });
      return other;
    });
    const outcomes = await atOnce(300, (i) =>
      propose(others[(i * 7) % 3] ?? workspace, { action: "ask", payload: { i }, idempotency_key: `k${i % 60}-${i % 3}` }),
    );
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.code !== "idempotency_conflict")).toEqual([]);
  });
});

describe("connections that die under way", () => {
  test("every acknowledged run exists once, with its receipt; the others can be asked again", async () => {
    const acknowledged = new Map<string, string>();
    const unknown = new Set<string>();
    const proposeOnce = async (i: number, key: string) => {
      const action = i % 3 === 0 ? "ask" : "pay";
      try {
        const { answer } = expectOk(await propose(workspace, { action, payload: { i }, ...(i % 5 === 0 ? {} : { idempotency_key: key }) }));
        acknowledged.set(key, answer.action_run_id);
      } catch (error) {
        expect(isConnectionError(error)).toBe(true);
        if (i % 5 !== 0) unknown.add(key);
      }
    };
    const kills = await withoutDatabaseSessions(async () => {
      for (let round = 0; round < 12; round++) await atOnce(60, (i) => proposeOnce(i, `round ${round}, ${i}`));
    });
    expect(kills).toBeGreaterThan(0);
    expect(acknowledged.size).toBeGreaterThan(0);
    for (const key of unknown) {
      const i = Number(key.split(", ")[1]);
      const action = i % 3 === 0 ? "ask" : "pay";
      acknowledged.set(key, expectOk(await propose(workspace, { action, payload: { i }, idempotency_key: key })).answer.action_run_id);
    }
    const [found] = await getDb().$queryRaw<Record<string, number>[]>`
      SELECT count(*)::int AS runs, count(DISTINCT run.id)::int AS ids, count(*) FILTER (WHERE receipt.id IS NULL AND request.id IS NULL)::int AS bare,
        count(*) FILTER (WHERE request.id IS NOT NULL AND (link.id IS NULL OR mail.id IS NULL))::int AS mailless
      FROM action_runs run LEFT JOIN receipts receipt ON receipt.run_id = run.id LEFT JOIN approval_requests request ON request.run_id = run.id
      LEFT JOIN decision_links link ON link.approval_request_id = request.id LEFT JOIN email_deliveries mail ON mail.decision_link_id = link.id
      WHERE run.id = ANY(${[...acknowledged.values()]}::uuid[])`;
    expect(found).toEqual({ runs: acknowledged.size, ids: acknowledged.size, bare: 0, mailless: 0 });
    const [orphans] = await getDb().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM receipts receipt LEFT JOIN action_runs run ON run.id = receipt.run_id WHERE run.id IS NULL`;
    expect(orphans?.count).toBe(0);
    const counted = await getDb().usageCounter.findFirstOrThrow({ where: { scope: "runs_per_month", subject: snapshot.ownerId } });
    expect(await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId } })).toBe(counted.count);
  });
});
