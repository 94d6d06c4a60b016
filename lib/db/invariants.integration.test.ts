import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES, isLegalPair } from "@/lib/domain/runs/statuses";
import { claimOk, expectOk, makeRun, makeWorkspace, report, type TestWorkspace } from "@/lib/testing/factories";
import { getDb } from "./client";

let workspace: TestWorkspace;
let other: TestWorkspace;
const runs: Record<"pending" | "allowed" | "claimed" | "approved" | "rejected" | "blocked" | "executed", string> = {
  pending: "",
  allowed: "",
  claimed: "",
  approved: "",
  rejected: "",
  blocked: "",
  executed: "",
};

beforeAll(async () => {
  [workspace, other] = [await makeWorkspace(), await makeWorkspace()];
  runs.pending = await makeRun(workspace, "always_require_approval");
  runs.approved = await makeRun(workspace, "always_require_approval");
  runs.rejected = await makeRun(workspace, "always_require_approval");
  runs.allowed = await makeRun(workspace, "always_allow");
  runs.claimed = await makeRun(workspace, "always_allow");
  runs.executed = await makeRun(workspace, "always_allow");
  runs.blocked = await makeRun(workspace, "always_block");
  expectOk(await decideRun(workspace.ctx, { runId: runs.approved, decision: "approve", comment: null }));
  expectOk(await decideRun(workspace.ctx, { runId: runs.rejected, decision: "reject", comment: null }));
  await claimOk(workspace, runs.claimed);
  expectOk(await report(workspace, runs.executed));
});

const sql = (statement: string) => getDb().$executeRawUnsafe(statement);
/** What the database enforces on its own. */
const refused = (statement: string, why: RegExp) => expect(sql(statement), statement).rejects.toThrow(why);
const setRun = (run: keyof typeof runs, change: string) => `UPDATE action_runs SET ${change} WHERE id = '${runs[run]}'`;

describe("evidence is append-only", () => {
  test.each([
    ["receipts", "body = body || ' '"],
    ["receipts", "created_at = now()"],
    ["receipts", "run_id = NULL"],
    ["decisions", "decision = 'block'"],
    ["decisions", "comment = 'x'"],
    ["policy_versions", "threshold = '1000000'"],
    ["policy_versions", "policy_type = 'always_allow'"],
    ["audit_events", "verb = 'x'"],
    ["audit_events", "data = '{}'"],
  ])("%s: no UPDATE SET %s, no DELETE, no TRUNCATE", async (table, change) => {
    const before = await getDb().$queryRawUnsafe(`SELECT * FROM ${table} ORDER BY id`);
    await refused(`UPDATE ${table} SET ${change}`, /append-only/);
    await refused(`DELETE FROM ${table}`, /append-only/);
    await refused(`TRUNCATE ${table} CASCADE`, /append-only/);
    expect(await getDb().$queryRawUnsafe(`SELECT * FROM ${table} ORDER BY id`)).toEqual(before);
  });

  test("a receipt waits until it has its place in the log, which it gets once and keeps", async () => {
    const { id } = await getDb().receipt.findFirstOrThrow({ where: { runId: runs.executed, kind: "decision" } });
    const place = (receiptId: string, index: number) =>
      `INSERT INTO receipt_places (receipt_id, workspace_id, log_index) VALUES ('${receiptId}', '${workspace.workspaceId}', ${index})`;
    const stop = `DELETE FROM waiting_receipts WHERE receipt_id = '${id}'`;
    await refused(stop, /until it has its place/);
    await refused(`UPDATE waiting_receipts SET receipt_id = gen_random_uuid() WHERE receipt_id = '${id}'`, /append-only/);
    await refused("TRUNCATE waiting_receipts", /append-only/);
    expect(await sql(place(id, 7))).toBe(1);
    expect(await sql(stop)).toBe(1);
    await refused(place(id, 8), /Unique constraint|duplicate key/);
    await refused(place(randomUUID(), 7), /Unique constraint|duplicate key/);
    await refused(`UPDATE receipt_places SET log_index = 8 WHERE receipt_id = '${id}'`, /append-only/);
    await refused(`DELETE FROM receipt_places WHERE receipt_id = '${id}'`, /append-only/);
    await refused("TRUNCATE receipt_places", /append-only/);
  });

  test("one decision a run, one receipt of a kind a run, and only with its true hash", async () => {
    const copy = (table: string, columns: string) =>
      `INSERT INTO ${table} (id, ${columns}) SELECT gen_random_uuid(), ${columns} FROM ${table} WHERE run_id = '${runs.approved}'`;
    await refused(copy("decisions", "workspace_id, run_id, decision, channel, decided_by, created_at"), /Unique constraint|duplicate key/);
    await refused(copy("receipts", "workspace_id, kind, run_id, body, leaf_hash, created_at"), /Unique constraint|duplicate key/);
    await refused(
      `INSERT INTO receipts SELECT gen_random_uuid(), workspace_id, 'execution', run_id, body, '\\x00', created_at FROM receipts WHERE run_id = '${runs.approved}'`,
      /receipts_leaf_hash/,
    );
  });
});

describe("a run's statuses", () => {
  test("only the legal pairs exist", async () => {
    const pairs = GOVERNANCE_STATUSES.flatMap((governance) => EXECUTION_STATUSES.map((execution) => [governance, execution] as const));
    expect(pairs.filter((pair) => isLegalPair(...pair))).toHaveLength(9);
    for (const [governance, execution] of pairs) {
      const insert = `INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, governance_status, governance_reason, execution_status, payload_hash, created_at, expires_at, decided_at, execution_reported_at)
        SELECT gen_random_uuid(), workspace_id, api_key_id, 'pairs', '${governance}', 'x', '${execution}', '\\x00', now(), now(),
          ${governance === "pending_approval" ? "NULL" : "now()"}, ${execution === "executed" || execution === "failed" ? "now()" : "NULL"}
        FROM action_runs WHERE id = '${runs.pending}'`;
      if (isLegalPair(governance, execution)) expect(await sql(insert)).toBe(1);
      else await refused(insert, /action_runs_statuses/);
    }
  });

  test.each<[keyof typeof runs, string]>([
    ["approved", "governance_status = 'rejected', execution_status = 'not_executed'"],
    ["approved", "governance_status = 'allowed'"],
    ["rejected", "governance_status = 'approved', execution_status = 'awaiting_execution_report'"],
    ["blocked", "governance_status = 'rejected'"],
    ["allowed", "governance_status = 'pending_approval', execution_status = 'not_executed', decided_at = NULL, expires_at = now()"],
    ["pending", "governance_status = 'allowed', execution_status = 'awaiting_execution_report', decided_at = now()"],
    ["pending", "governance_status = 'approved', execution_status = 'executed', decided_at = now(), execution_reported_at = now()"],
    ["executed", "execution_status = 'failed'"],
    ["executed", "execution_status = 'awaiting_execution_report', execution_reported_at = NULL"],
    ["executed", "execution_reported_at = now() + interval '1 day'"],
    ["approved", "decided_by = 'somebody@else.example'"],
    ["rejected", "governance_reason = 'approval_expired'"],
    ["approved", "decided_at = now() + interval '1 day'"],
    ["allowed", "created_at = now() + interval '1 day'"],
    ["allowed", "action_name = 'other'"],
    ["allowed", "payload_hash = '\\x00'"],
    ["allowed", "idempotency_key = 'k'"],
    ["allowed", "policy_version_id = NULL"],
    ["allowed", "action_id = NULL"],
    ["allowed", "payload_text = '{}'"],
    ["allowed", "payload = '{}'"],
    ["allowed", "payload_salt = sha256('x')"],
    ["allowed", "reasoning = 'other'"],
    ["allowed", "amount = 1"],
    ["allowed", "currency = 'USD'"],
    ["allowed", "recipient = 'other'"],
    ["allowed", "sentence = 'other'"],
    ["allowed", "source_type = 'other'"],
    ["allowed", "source_ref = 'other'"],
    ["allowed", "id = gen_random_uuid()"],
    ["allowed", "workspace_id = gen_random_uuid()"],
    ["allowed", "api_key_id = gen_random_uuid()"],
    ["allowed", "attempt = 2"],
    ["allowed", "previous_run_id = gen_random_uuid()"],
    ["allowed", "policy_rule = 'other'"],
    ["allowed", "action_title = 'other'"],
    ["allowed", "accepts_changes = NOT accepts_changes"],
    ["allowed", "approved_payload_hash = '\\x00'"],
    ["executed", "execution_result_text = '{}x'"],
    ["executed", "execution_error = 'other'"],
  ])("a run that is %s does not take SET %s", (run, change) => refused(setRun(run, change), /cannot go from/));

  test.each<[keyof typeof runs, string, RegExp]>([
    ["pending", "claim_worker = 'w', claim_token_hash = '\\x00', claim_expires_at = now()", /action_runs_claim/],
    ["claimed", "claim_worker = NULL", /action_runs_claim/],
    ["claimed", "claim_expires_at = NULL", /action_runs_claim/],
    ["pending", "expires_at = NULL", /action_runs_pending_expires/],
    ["pending", "decided_at = now()", /action_runs_decided/],
  ])("a run that is %s is whole: not SET %s", (run, change, why) => refused(setRun(run, change), why));

  test("a run cannot be deleted; its payload can be erased, for good", async () => {
    await refused(`DELETE FROM action_runs WHERE id = '${runs.blocked}'`, /append-only/);
    const id = await makeRun(workspace, "always_block");
    const { payloadText, payloadSalt } = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
    const erase = "payload_text = NULL, payload = NULL, payload_salt = NULL, sentence = NULL";
    await refused(`UPDATE action_runs SET ${erase} WHERE id = '${id}'`, /with a receipt/);
    const receipt = `INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at) SELECT gen_random_uuid(), workspace_id, 'erasure', id, '{}', sha256('\\x00'::bytea || '{}'::bytea), now() FROM action_runs WHERE id = `;
    expect(await sql(`${receipt}'${id}'`)).toBe(1);
    for (const part of [
      "payload_text = NULL, sentence = NULL",
      "payload_text = NULL, payload_salt = NULL, sentence = NULL",
      "payload_text = NULL, payload = NULL, payload_salt = NULL",
    ]) {
      await refused(`UPDATE action_runs SET ${part} WHERE id = '${id}'`, /action_runs_(payload|sentence)/);
    }
    expect(await sql(`UPDATE action_runs SET ${erase} WHERE id = '${id}'`)).toBe(1);
    await refused(`UPDATE action_runs SET reasoning = 'again' WHERE id = '${id}'`, /action_runs_erased/);
    expect(await sql(`${receipt}'${runs.pending}'`)).toBe(1);
    await refused(setRun("pending", erase), /once it is decided/);
    await refused(
      `UPDATE action_runs SET payload_text = '${payloadText}', payload = '${payloadText}', payload_salt = '\\x${Buffer.from(payloadSalt ?? "").toString("hex")}' WHERE id = '${id}'`,
      /cannot go from/,
    );
  });
});

describe("tenants are kept apart", () => {
  test.each([
    [
      "a decision",
      (w: string, r: string) =>
        `INSERT INTO decisions (id, workspace_id, run_id, decision, channel, decided_by, created_at) VALUES (gen_random_uuid(), '${w}', '${r}', 'reject', 'console', 'x', now())`,
    ],
    [
      "a receipt",
      (w: string, r: string) =>
        `INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at) VALUES (gen_random_uuid(), '${w}', 'erasure', '${r}', '{}', sha256('\\x00'::bytea || '{}'::bytea), now())`,
    ],
    [
      "an approval request",
      (w: string, r: string) =>
        `INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at) VALUES (gen_random_uuid(), '${w}', '${r}', '{}', 'x', now(), now())`,
    ],
    [
      "a link",
      (w: string, r: string) =>
        `INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at) SELECT gen_random_uuid(), '${w}', id, 'x', sha256('${w}'), now(), now() FROM approval_requests WHERE run_id = '${r}'`,
    ],
    [
      "a mail",
      (w: string, r: string) =>
        `INSERT INTO email_deliveries (id, workspace_id, run_id, decision_link_id, kind, to_email, status, created_at) SELECT gen_random_uuid(), '${w}', '${r}', l.id, 'approval_request', 'x', 'dead', now() FROM decision_links l JOIN approval_requests a ON a.id = l.approval_request_id WHERE a.run_id = '${r}'`,
    ],
    [
      "a policy version",
      (w: string, r: string) =>
        `INSERT INTO policy_versions (id, workspace_id, action_id, version, policy_type, created_by) SELECT gen_random_uuid(), '${w}', action_id, 99, 'log_only', 'x' FROM action_runs WHERE id = '${r}'`,
    ],
    [
      "a run by a foreign key",
      (w: string, r: string) =>
        `INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, governance_status, governance_reason, execution_status, payload_hash, created_at, decided_at) SELECT gen_random_uuid(), '${w}', api_key_id, 'x', 'blocked', 'x', 'not_executed', '\\x00', now(), now() FROM action_runs WHERE id = '${r}'`,
    ],
    [
      "a run of a foreign action",
      (w: string, r: string) =>
        `INSERT INTO action_runs (id, workspace_id, api_key_id, action_id, action_name, governance_status, governance_reason, execution_status, payload_hash, created_at, decided_at) SELECT gen_random_uuid(), '${w}', (SELECT id FROM api_keys WHERE workspace_id = '${w}' AND kind = 'api'), action_id, 'x', 'blocked', 'x', 'not_executed', '\\x00', now(), now() FROM action_runs WHERE id = '${r}'`,
    ],
  ])("%s of one workspace on what is another's", async (_, insert) => {
    await refused(insert(other.workspaceId, runs.pending), /Foreign key|foreign key/);
  });
});
