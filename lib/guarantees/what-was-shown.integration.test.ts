import { beforeAll, expect, test } from "vitest";
import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { listRuns } from "@/lib/action-runs/list/list-runs";
import { runRow } from "@/lib/action-runs/list/run-row";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { runView } from "@/lib/action-runs/show/run-view";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { getDecisionByToken } from "@/lib/approvals/get-decision-by-token";
import { getWaitingRun } from "@/lib/approvals/get-waiting-run";
import { listWaiting } from "@/lib/approvals/list-waiting";
import { userContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readRunDocument } from "@/lib/receipts/document/get-receipt-document";
import { getSharedReceipt } from "@/lib/receipts/sharing/get-shared-receipt";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { editAction } from "@/lib/registered-actions/edit-action";
import type { NewAction } from "@/lib/registered-actions/schema";
import { searchConsole } from "@/lib/search/search-console";
import type { MemberContext } from "@/lib/security/context";
import { newestMail } from "@/lib/testing/drain-jobs";
import { expectOk, linkToken, makeAction, makePerson, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { slackNotice } from "@/lib/webhooks/slack-notice";
import { runStoryDocument } from "@/scripts/admin/commands/run-documents";

const ACTION: NewAction = {
  name: "pay_supplier",
  title: "Pay supplier",
  sentence: "pay {amount} {currency} to {to} for {invoice}",
  recipientField: "to",
  policy: { type: "always_require_approval" },
};
const PAYLOAD = { amount: "1250", currency: "EUR", to: "a@example.com", cc: "b@example.com", invoice: "INV-7" };
const TITLE = "Pay supplier";
const SENTENCE = "pay 1,250.00 EUR to a@example.com for INV-7";
const RECIPIENT = "a@example.com";

let workspace: TestWorkspace;
let reader: MemberContext;
let runId: string;
let token: string;

beforeAll(async () => {
  workspace = await makeWorkspace();
  const person = await makePerson(workspace, "approver");
  await getDb().user.update({ where: { email: person.email }, data: { emailVerifiedAt: new Date() } });
  reader = person.ctx;
  await makeAction(workspace, { ...ACTION, approverEmails: [person.email] });
  runId = (await proposeOk(workspace, { action: ACTION.name, payload: PAYLOAD })).action_run_id;
  token = await linkToken(runId);
  // Before the mail was rendered, and before anyone looked.
  expectOk(
    await editAction(workspace.ctx, {
      ...ACTION,
      approverEmails: [person.email],
      title: "Draft note",
      sentence: "draft a note for {cc}",
      recipientField: "cc",
    }),
  );
});

/** Everything of a surface as one text: nothing of the later words in it, whatever its shape. */
function expectShown(surface: unknown, { title = true, recipient = true } = {}): void {
  const text = typeof surface === "string" ? surface : JSON.stringify(surface);
  expect(text.toLowerCase()).not.toMatch(/draft (a )?note/);
  expect(text.toLowerCase()).toContain(SENTENCE.toLowerCase());
  if (title) expect(text).toContain(TITLE);
  if (recipient) expect(text).toContain(RECIPIENT);
}
const user = () => userContext({ ...reader.actor, sessionId: "", name: null, isOperator: false });

test("while it waits: mail, link, queue, card and Slack show what was proposed, whatever the action is called today", async () => {
  const mail = await newestMail(reader.actor.email);
  expectShown(mail.subject, { title: false });
  expectShown(mail.text, { title: false });
  expect(mail.html).not.toMatch(/draft/i);
  const { decision } = expectOk(await getDecisionByToken(visitorContext(), token));
  expect(decision).toMatchObject({ sentence: SENTENCE, recipient: RECIPIENT, action: { title: TITLE } });
  const [waiting] = (await listWaiting(user(), { limit: 9 })).runs;
  expect(waiting).toMatchObject({ runId, line: SENTENCE, sentence: SENTENCE, actionTitle: TITLE, recipient: RECIPIENT });
  expect(await getWaitingRun(user(), runId)).toMatchObject({ decision: { sentence: SENTENCE, action: { title: TITLE } } });
  const event = { type: "run.pending", timestamp: new Date().toISOString(), data: await factsOf(runId) };
  expect(await slackNotice(workspace.ctx, JSON.stringify(event))).toMatchObject({
    heading: `Approval needed: ${TITLE}`,
    sentence: SENTENCE,
  });
});

test("once it is decided: link, run, lists, search, export, receipt, share and command line do, too", async () => {
  const confirm = { decision: "approve", comment: null, confirm: true } as const;
  expectOk(await decideByLink(visitorContext(), token, confirm));
  expectShown(await getDecisionByToken(visitorContext(), token));
  expect(await getWaitingRun(user(), runId)).toMatchObject({
    state: "decided",
    decision: { sentence: SENTENCE, action: { title: TITLE } },
  });
  const story = (await getRunStory(reader, runId)) ?? expect.fail("no run");
  expect(runView(story, "http://localhost")).toMatchObject({ sentence: SENTENCE, actionTitle: TITLE, recipient: RECIPIENT });
  expectShown(runStoryDocument(story));
  const [listed] = (await listRuns(reader, { text: "to a@example.com for" }, { sort: "created", direction: "desc", limit: 5 })).runs;
  expect(listed && runRow(listed)).toMatchObject({ line: SENTENCE, recipient: RECIPIENT });
  expect((await searchConsole(user(), "to a@example.com for INV")).runs).toMatchObject([{ id: runId, line: SENTENCE }]);
  for (const format of ["csv", "json"] as const) {
    let text = "";
    for await (const piece of await exportRuns(reader, parseRunSearch({ q: "INV-7" }), { format, ids: [] })) text += piece;
    expectShown(text);
  }
  await sequenceReceipts(workspace.ctx);
  const document = (await readRunDocument(reader, runId)) ?? expect.fail("no receipt");
  expect(document).toMatchObject({ proposal: SENTENCE, title: TITLE, recipient: RECIPIENT, commitments: { payload: "matches" } });
  const { url } = expectOk(
    await shareReceipt(workspace.ctx, { receiptId: document.decision.id, payload: "disclosed", endsAfter: "never" }),
  );
  expect(await getSharedReceipt(visitorContext(), url.split("/").at(-1) ?? "")).toMatchObject({
    document: { proposal: SENTENCE, title: TITLE },
    check: { verdict: { problems: [] } },
  });
});

test("the next run is shown by the new words", async () => {
  const next = (await proposeOk(workspace, { action: ACTION.name, payload: PAYLOAD })).action_run_id;
  expect(await getDb().actionRun.findUniqueOrThrow({ where: { id: next } })).toMatchObject({
    sentence: "draft a note for b@example.com",
    actionTitle: "Draft note",
    recipient: "b@example.com",
  });
});

/** As the trigger writes them down. */
async function factsOf(id: string) {
  const run = await getDb().actionRun.findUniqueOrThrow({ where: { id } });
  return {
    action_run_id: id,
    workspace_id: run.workspaceId,
    action: run.actionName,
    risk_level: run.riskLevel,
    governance_status: run.governanceStatus,
    governance_reason: run.governanceReason,
    execution_status: run.executionStatus,
    in_doubt: false,
    proposed_at: run.createdAt.toISOString(),
    expires_at: run.expiresAt?.toISOString() ?? null,
    decided_at: null,
  };
}
