import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { setThawRule } from "@/lib/freezes/set-thaw-rule";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { setLimits } from "@/lib/limits/set-limits";
import { sendTestMail } from "@/lib/mailer/send-test-mail";
import { storeMailboxMessage } from "@/lib/mailer/store-mailbox-message";
import { openMailboxMessage } from "@/lib/notifications/open-mailbox-message";
import { accountCommands } from "@/lib/testing/account-commands";
import { actionCommands } from "@/lib/testing/action-commands";
import { approvalCommands } from "@/lib/testing/approval-commands";
import { claim, expectOk, makeAction, makePerson, makeRun, makeWorkspace, report, type TestWorkspace } from "@/lib/testing/factories";
import { keyCommands } from "@/lib/testing/key-commands";
import { receiptCommands } from "@/lib/testing/receipt-commands";
import { runCommands } from "@/lib/testing/run-commands";
import { tableContents } from "@/lib/testing/table-contents";
import { webhookCommands } from "@/lib/testing/webhook-commands";
import { workspaceCommands } from "@/lib/testing/workspace-commands";
import { createUser } from "@/lib/users/create-user";
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

const operator = operatorContext(null, "root@example.com");

async function newAction(): Promise<string> {
  const name = `audited_${randomUUID().replaceAll("-", "")}`;
  await makeAction(workspace, { name, title: "Named" });
  return name;
}

/** Each command, ready to go. */
const COMMANDS: [AuditVerb, Actor, () => Promise<Prepared>][] = [
  ["user.created", "operator", () => Promise.resolve({ run: () => createUser(operator, { email: `${randomUUID()}@example.com` }) })],
  [
    "workspace.frozen",
    "user",
    async () => {
      const { ctx } = await makePerson(workspace, "approver");
      const actionName = await newAction();
      return { run: () => startFreeze(ctx, { actionName, apiKeyId: null, reason: "Wrong", channel: "console" }) };
    },
  ],
  [
    "workspace.thawed",
    "operator",
    async () => {
      const actionName = await newAction();
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
      const other = await makeWorkspace();
      const { ctx } = await makePerson(other, "owner");
      return { run: () => setThawRule(ctx, { thawNeedsAnotherPerson: true }), subjectId: other.workspaceId };
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
    ...actionCommands(() => workspace),
    ...approvalCommands(() => workspace),
    ...keyCommands(() => workspace),
    ...receiptCommands(() => workspace),
    ...runCommands(() => workspace),
    ...webhookCommands(() => workspace),
    ...workspaceCommands(() => workspace),
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
