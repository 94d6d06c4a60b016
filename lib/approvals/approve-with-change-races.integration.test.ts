import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { jsonHash } from "@/lib/action-runs/status/payload-hash";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { applyPatch } from "@/lib/domain/json/json-patch";
import type { JsonObject } from "@/lib/domain/json-value";
import { answerRefund, askRefund, makeChangeableRefunds, REFUND } from "@/lib/testing/changes";
import { APPROVE } from "@/lib/testing/deciders";
import { atOnce, claim, expectOk, linkToken, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { decideByLink } from "./decide-by-link";
import { getDecisionByToken } from "./get-decision-by-token";
import { withdrawRun } from "./withdraw-run";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeChangeableRefunds();
});

const ask = (more: JsonObject = {}) => askRefund(workspace, more);
const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });

test("whatever people and clients do, only the approved payload is ever given out", async () => {
  const text = fc.constantFrom("Second charge", "Only one", "x".repeat(25), "<b>now</b>", "\u202eevil");
  const change = fc.record({ amount: fc.constantFrom("1840.00", "1480", "0", "1840.5", "9e9"), note: text }, { requiredKeys: [] });
  const client = fc.constantFrom("accepts", "published");
  await fc.assert(
    fc.asyncProperty(client, change, fc.boolean(), async (kind, changes, rejects) => {
      const key = crypto.randomUUID();
      const { action_run_id: runId } = await ask({ accepts_changes: kind === "accepts", idempotency_key: key });
      const outcome = await answerRefund(runId, Object.keys(changes).length === 0 ? null : changes, rejects ? { decision: "reject" } : {});
      const run = await runOf(runId);
      if (!outcome.ok) {
        expect(run.governanceStatus).toBe("pending_approval");
        return;
      }
      // The published client executes its own payload whenever it is told that it may.
      const published = await proposeOk(workspace, { action: "refund", payload: REFUND, idempotency_key: key });
      if (published.executable) expect(run.approvedPayloadHash).toBeNull();
      if (rejects) {
        expect(await claim(workspace, runId)).toMatchObject({ code: "not_executable" });
        return;
      }
      const { answer: given } = expectOk(await claim(workspace, runId));
      expect(given.payload).toEqual(applyPatch(REFUND, given.changes ?? []));
      expect(given.payload_hash).toBe(jsonHash(given.payload));
      expect(given.payload_changed).toBe(Object.keys(changes).some((name) => changes[name as "amount"] !== REFUND[name as "amount"]));
      if (given.payload_changed) expect(kind).toBe("accepts");
      for (const name of ["amount", "note"] as const) expect(given.payload[name]).toBe(changes[name] ?? REFUND[name]);
    }),
    { numRuns: proofSize(30, 1000) },
  );
});

test("of an approval, an approval with a change and a withdrawal, one wins, and the claim gives its payload", async () => {
  for (let round = 0; round < proofSize(10, 1000); round++) {
    const { action_run_id: runId } = await ask();
    const outcomes = await atOnce(3, async (index) => {
      if (index === 2) return withdrawRun(workspace.ctx, { runId, reason: "Paid meanwhile" });
      return index === 0 ? answerRefund(runId, { amount: "1480" }) : answerRefund(runId, null);
    });
    const winners = outcomes.flatMap((outcome, index) => (outcome.ok ? [index] : []));
    const run = await runOf(runId);
    if (run.governanceReason === "withdrawn") {
      expect(winners).toContain(2);
      continue;
    }
    expect(winners).toHaveLength(1);
    const amount = winners[0] === 0 ? "1480" : "1840.00";
    expect(expectOk(await claim(workspace, runId)).answer).toMatchObject({ payload: { amount }, payload_changed: winners[0] === 0 });
  }
});

test("an approval of what was shown is refused when that isn't what would be approved", async () => {
  const { action_run_id: runId } = await ask();
  const token = await linkToken(runId);
  const { decision } = expectOk(await getDecisionByToken(visitorContext(), token));
  expect(decision.payloadHash).toBe(jsonHash(REFUND));
  const stale = { ...APPROVE, payloadHash: "0".repeat(64) };
  expect(await decideByLink(visitorContext(), token, stale)).toMatchObject({ code: "request_changed" });
  expectOk(await decideByLink(visitorContext(), token, { ...APPROVE, payloadHash: decision.payloadHash }));
});
