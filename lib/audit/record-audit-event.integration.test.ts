import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { renewClaim } from "@/lib/action-runs/execute/renew-claim";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { decideRun, expireRun } from "@/lib/approvals/decide-run";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { setThawRule } from "@/lib/freezes/set-thaw-rule";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { setLimits } from "@/lib/limits/set-limits";
import { sendTestMail } from "@/lib/mailer/send-test-mail";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";
import { exportReceipts } from "@/lib/receipts/document/export-receipts";
import { restartLog } from "@/lib/receipts/log/restart-log";
import { editAction } from "@/lib/registered-actions/edit-action";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { accountCommands } from "@/lib/testing/account-commands";
import { approvalCommands } from "@/lib/testing/approval-commands";
import {
  asSdk,
  claim,
  claimOk,
  endApprovalValidity,
  endApprovalWindow,
  endLease,
  expectOk,
  linkToken,
  makeAction,
  makePerson,
  makeRun,
  makeWorkspace,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { receiptCommands } from "@/lib/testing/receipt-commands";
import { tableContents } from "@/lib/testing/table-contents";
import { webhookCommands } from "@/lib/testing/webhook-commands";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { renameWorkspace } from "@/lib/workspaces/rename-workspace";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { setCheckpointEmails } from "@/lib/workspaces/set-checkpoint-emails";
import { AUDIT_VERBS, type AuditVerb } from "./record-audit-event";

let workspace: TestWorkspace;
let apiKeyId: string;
beforeAll(async () => {
  workspace = await makeWorkspace();
  apiKeyId = (await getDb().apiKey.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, kind: "api" } })).id;
});

type Actor = "operator" | "user" | "decision_link" | "api_key" | "system";
interface Prepared {
  run: () => Promise<unknown>;
  subjectId?: string;
  data?: object;
}

let made = 0;
const name = () => `audited_${++made}`;
const operator = operatorContext(null, "root@example.com");
const pending = () => makeRun(workspace, "always_require_approval");
const action = async () => {
  const registered = { name: `named_${++made}`, title: "Named", policy: { type: "always_allow" as const } };
  return { ...registered, id: await makeAction(workspace, registered) };
};
const held = async () => {
  const runId = await makeRun(workspace, "always_allow");
  return { runId, claimToken: await claimOk(workspace, runId) };
};
const key = () => createApiKey(workspace.ctx, { kind: "api", name: "spare" });

/** Each command, ready to go. */
const COMMANDS: [AuditVerb, Actor, () => Promise<Prepared>][] = [
  ["user.created", "operator", () => Promise.resolve({ run: () => createUser(operator, { email: `${name()}@example.com` }) })],
  [
    "workspace.created",
    "operator",
    () =>
      Promise.resolve({
        run: () => createWorkspace(operator, { ownerEmail: workspace.ownerEmail, name: "Next", clientName: "Client" }),
        data: { name: "Next", client_name: "Client" },
      }),
  ],
  [
    "workspace.renamed",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "admin");
      return { run: () => renameWorkspace(ctx, { name: name(), clientName: "Client" }), subjectId: workspace.workspaceId };
    },
  ],
  [
    "workspace.routing_changed",
    "user",
    async () => {
      const other = await makeWorkspace();
      const { ctx } = await makePerson(other, "admin");
      const routing = { approverEmails: [`${name()}@example.com`], approvalWindowMinutes: null };
      return {
        run: () => setApprovalRouting(ctx, routing),
        subjectId: other.workspaceId,
        data: { after: { approver_emails: routing.approverEmails } },
      };
    },
  ],
  [
    "workspace.deleted",
    "operator",
    async () => {
      const { workspaceId, ctx } = await makeWorkspace();
      return {
        run: () => deleteWorkspace(ctx, { name: "Test workspace" }),
        subjectId: workspaceId,
        data: { name: "Test workspace", runs_waiting: 0 },
      };
    },
  ],
  [
    "api_key.created",
    "operator",
    () => Promise.resolve({ run: () => createApiKey(workspace.ctx, { kind: "api", name: "new" }), data: { kind: "api", name: "new" } }),
  ],
  [
    "api_key.revoked",
    "operator",
    async () => {
      const { id } = await key();
      return { run: () => revokeApiKey(workspace.ctx, id), subjectId: id };
    },
  ],
  [
    "api_key.rotated",
    "operator",
    async () => {
      const { id } = await key();
      return { run: () => rotateApiKey(workspace.ctx, { id, overlapMinutes: 5 }), subjectId: id };
    },
  ],
  [
    "action.registered",
    "operator",
    () => Promise.resolve({ run: () => registerAction(workspace.ctx, { name: name(), title: "T", policy: { type: "log_only" } }) }),
  ],
  [
    "action.edited",
    "operator",
    async () => {
      const { id, ...registered } = await action();
      return {
        run: () => editAction(workspace.ctx, { ...registered, policy: { type: "log_only" } }),
        subjectId: id,
        data: { policy_version: 2 },
      };
    },
  ],
  [
    "action.deactivated",
    "operator",
    async () => {
      const { id, name } = await action();
      return { run: () => setActionActive(workspace.ctx, { name, isActive: false }), subjectId: id };
    },
  ],
  [
    "action.activated",
    "operator",
    async () => {
      const { id, name } = await action();
      await setActionActive(workspace.ctx, { name, isActive: false });
      return { run: () => setActionActive(workspace.ctx, { name, isActive: true }), subjectId: id };
    },
  ],
  [
    "run.decided",
    "operator",
    async () => {
      const runId = await pending();
      return {
        run: () => decideRun(workspace.ctx, { runId, decision: "block", comment: null }),
        subjectId: runId,
        data: { decision: "block", by: workspace.ownerEmail, channel: "admin_cli" },
      };
    },
  ],
  [
    "run.decided",
    "user",
    async () => {
      const [runId, { ctx, email }] = [await pending(), await makePerson(workspace, "approver")];
      return {
        run: () => decideRun(ctx, { runId, decision: "reject", comment: null }),
        subjectId: runId,
        data: { decision: "reject", by: email, channel: "console" },
      };
    },
  ],
  [
    "run.decided",
    "decision_link",
    async () => {
      const runId = await pending();
      const token = await linkToken(runId);
      return {
        run: () => decideByLink(visitorContext(), token, { decision: "approve", comment: null, confirm: true }),
        subjectId: runId,
        data: { decision: "approve", by: workspace.ownerEmail, channel: "decision_link" },
      };
    },
  ],
  [
    "run.expired",
    "system",
    async () => {
      const runId = await pending();
      await endApprovalWindow(runId);
      return {
        run: () => expireRun(systemContext(workspace.workspaceId), runId),
        subjectId: runId,
        data: { decision: "expire", by: null, channel: "expiry" },
      };
    },
  ],
  [
    "run.withdrawn",
    "api_key",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      return {
        run: () => asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: "Paid by hand." })),
        subjectId: runId,
        data: { by: null, channel: "api", after: "allowed" },
      };
    },
  ],
  [
    "run.approval_revoked",
    "operator",
    async () => {
      const runId = await pending();
      await decideRun(workspace.ctx, { runId, decision: "approve", comment: null });
      return {
        run: () => revokeApproval(workspace.ctx, { runId, comment: null }),
        subjectId: runId,
        data: { by: workspace.ownerEmail, channel: "admin_cli", after: "approved" },
      };
    },
  ],
  [
    "run.reported_late",
    "api_key",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      await asSdk(workspace, (ctx) => withdrawRun(ctx, { runId, reason: "Paid by hand." }));
      return {
        run: () => report(workspace, runId, { outcome: "failed", error: "No." }),
        subjectId: runId,
        data: { outcome: "failed", reason: "withdrawn" },
      };
    },
  ],
  [
    "run.approval_lapsed",
    "system",
    async () => {
      const runId = await pending();
      await decideRun(workspace.ctx, { runId, decision: "approve", comment: null });
      await endApprovalValidity(runId);
      return {
        run: async () => ({ ok: await lapseApproval(systemContext(workspace.workspaceId), runId) }),
        subjectId: runId,
        data: { by: null, channel: "expiry", after: "approved" },
      };
    },
  ],
  [
    "run.claimed",
    "api_key",
    async () => {
      const runId = await makeRun(workspace, "always_allow");
      return { run: () => claim(workspace, runId), subjectId: runId, data: { worker: "worker-1", lease_seconds: 60 } };
    },
  ],
  [
    "run.claim_renewed",
    "api_key",
    async () => {
      const claimed = await held();
      await endLease(claimed.runId);
      return {
        run: () => asSdk(workspace, (ctx) => renewClaim(ctx, { ...claimed, leaseSeconds: 90 })),
        subjectId: claimed.runId,
        data: { lease_seconds: 90 },
      };
    },
  ],
  [
    "run.claim_released",
    "api_key",
    async () => {
      const claimed = await held();
      return { run: () => asSdk(workspace, (ctx) => releaseClaim(ctx, claimed)), subjectId: claimed.runId };
    },
  ],
  [
    "run.reported",
    "api_key",
    async () => {
      const { runId, claimToken } = await held();
      return { run: () => report(workspace, runId, { claimToken }), subjectId: runId, data: { outcome: "executed" } };
    },
  ],
  ...(["executed", "failed", "released"] as const).map((settlement): [AuditVerb, Actor, () => Promise<Prepared>] => [
    "run.settled",
    "operator",
    async () => {
      const { runId } = await held();
      await endLease(runId);
      return {
        run: () => settleRun(workspace.ctx, { runId, settlement, settledBy: "ann@example.com" }),
        subjectId: runId,
        data: { as: settlement, by: "ann@example.com" },
      };
    },
  ]),
  [
    "run.erased",
    "operator",
    async () => {
      const runId = await makeRun(workspace, "always_block");
      const said = { reason: "Asked for.", erasedBy: "ann@example.com" };
      return {
        run: () => eraseRun(workspace.ctx, { runId, ...said }),
        subjectId: runId,
        data: { by: "ann@example.com", reason: "Asked for." },
      };
    },
  ],
  [
    "workspace.frozen",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "approver");
      const { name: actionName } = await action();
      return { run: () => startFreeze(ctx, { actionName, apiKeyId: null, reason: "Wrong", channel: "console" }) };
    },
  ],
  [
    "workspace.thawed",
    "operator",
    async () => {
      const { name: actionName } = await action();
      const { freezeId } = expectOk(
        await startFreeze(workspace.ctx, { actionName, apiKeyId: null, reason: "Wrong", channel: "admin_cli" }),
      );
      return {
        run: () => thaw(workspace.ctx, { freezeId, comment: "Found it", channel: "admin_cli" }),
        subjectId: freezeId,
        data: { scope: "action", name: "Named", by: workspace.ownerEmail, comment: "Found it" },
      };
    },
  ],
  [
    "workspace.thaw_rule_changed",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "owner");
      return { run: () => setThawRule(ctx, { thawNeedsAnotherPerson: true }), subjectId: workspace.workspaceId };
    },
  ],
  [
    "workspace.checkpoint_mail_changed",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "owner");
      const emails = [`${name()}@example.com`];
      return {
        run: () => setCheckpointEmails(ctx, emails),
        subjectId: workspace.workspaceId,
        data: { before: { checkpoint_emails: [] }, after: { checkpoint_emails: emails } },
      };
    },
  ],
  [
    "workspace.log_restarted",
    "operator",
    () =>
      Promise.resolve({
        run: () => restartLog(operatorContext(workspace.workspaceId, "root@example.com"), new Date(Date.UTC(2026, 10, 25, 3, 0, ++made))),
        subjectId: workspace.workspaceId,
        data: { earlier_size: 0 },
      }),
  ],
  [
    "workspace.receipts_exported",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "viewer");
      return {
        run: () => exportReceipts(ctx, { kinds: ["decision"] }, "json"),
        subjectId: workspace.workspaceId,
        data: { format: "json", search: "kind=decision" },
      };
    },
  ],
  [
    "workspace.runs_exported",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "viewer");
      return {
        run: () => exportRuns(ctx, parseRunSearch({ q: "note" }), { format: "csv", ids: [] }),
        subjectId: workspace.workspaceId,
        data: { format: "csv", search: "q=note", selected: 0 },
      };
    },
  ],
  [
    "limits.changed",
    "operator",
    async () => {
      const { id } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
      return {
        run: () => setLimits(operator, { ownerEmail: workspace.ownerEmail, overrides: { runsPerMonth: null } }),
        subjectId: id,
        data: { after: { runsPerMonth: "unlimited" } },
      };
    },
  ],
  [
    "user.test_mail_sent",
    "operator",
    async () => {
      const { email, ctx } = await makePerson(workspace, null);
      return {
        run: () => sendTestMail(operatorContext(null, email)),
        subjectId: ctx.actor.userId,
        data: { to: email, provider: "mailbox" },
      };
    },
  ],
  [
    "mailbox.opened",
    "operator",
    async () => {
      const { id } = await storeMailboxMessage(systemContext(null), {
        idempotencyKey: randomUUID(),
        from: "console@example.com",
        to: "ann@example.com",
        subject: "Hello",
        html: "<p>Hello</p>",
        text: "Hello",
      });
      return { run: () => openMailboxMessage(operator, id), subjectId: id, data: { to: "ann@example.com" } };
    },
  ],
  ...[
    ...accountCommands(() => workspace),
    ...approvalCommands(() => workspace),
    ...receiptCommands(() => workspace),
    ...webhookCommands(() => workspace),
  ].map(([verb, by, prepare]): [AuditVerb, Actor, () => Promise<Prepared>] => [verb, by, prepare]),
];

const UUID = /^[0-9a-f-]{36}$/;
const ACTOR_IDS: Record<Actor, RegExp> = { operator: /@/, user: UUID, decision_link: UUID, api_key: UUID, system: /^null$/ };

describe("what is done is written down", () => {
  test("every verb has its command here", () => {
    expect([...new Set(COMMANDS.map(([verb]) => verb))].sort()).toEqual([...AUDIT_VERBS].sort());
  });

  test.each(COMMANDS)("%s, by %s: who, what, on what", async (verb, actor, prepare) => {
    const { run, subjectId, data } = await prepare();
    const before = (await getDb().auditEvent.findMany({ select: { id: true } })).map(({ id }) => id);
    await run();
    const events = await getDb().auditEvent.findMany({ where: { id: { notIn: before } }, orderBy: { id: "asc" } });
    const event = events.find((one) => one.verb === verb);
    expect(String(event?.actorId)).toMatch(ACTOR_IDS[actor]);
    if (actor === "api_key") expect(event?.actorId).toBe(apiKeyId);
    expect(event).toMatchObject({ actorType: actor, ...(subjectId && { subjectId }), ...(data && { data }) });
    expect(event?.workspaceId === null).toBe(verb.startsWith("user.") || verb === "limits.changed" || verb === "mailbox.opened");
    expect(JSON.stringify(events)).not.toMatch(/daai_(sk|wk)_\w/);
  });
});

describe("if it cannot be written down, it is not done", () => {
  test.each(COMMANDS)("%s, by %s", async (_verb, _actor, prepare) => {
    const { run } = await prepare();
    await getDb().$executeRaw`CREATE FUNCTION deaf() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no ink'; END $$`;
    await getDb().$executeRaw`CREATE TRIGGER deaf BEFORE INSERT ON audit_events EXECUTE FUNCTION deaf()`;
    try {
      const before = await tableContents();
      await expect(run()).rejects.toThrow("no ink");
      expect(await tableContents()).toEqual(before);
    } finally {
      await getDb().$executeRaw`DROP FUNCTION deaf CASCADE`;
    }
    await run();
  });

  test("a command that is refused leaves no trace", async () => {
    const runId = await makeRun(workspace, "always_block");
    const before = await tableContents();
    const outcomes = [
      await claim(workspace, runId),
      await report(workspace, runId),
      await decideRun(workspace.ctx, { runId, decision: "approve", comment: null }),
    ];
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, false, false]);
    expect(await tableContents()).toEqual(before);
  });
});
