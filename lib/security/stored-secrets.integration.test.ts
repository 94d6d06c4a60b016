import { expect, test } from "vitest";
import { operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inviteMember } from "@/lib/members/invite-member";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { drainJobs, mailedToken, newestMail } from "@/lib/testing/drain-jobs";
import { claimOk, expectOk, linkToken, makeAction, makePerson, makeRun, makeWorkspace } from "@/lib/testing/factories";
import { tablesWith } from "@/lib/testing/tables-with";
import { createUser } from "@/lib/users/create-user";
import { requestAccountLink } from "@/lib/users/request-account-link";
import { createWebhook } from "@/lib/webhooks/create-webhook";

const REQUEST = { userAgent: null, clientAddress: "192.0.2.1" };

test("a copy of the database holds no key, password or link that opens anything, not even in the mails that the mailbox keeps", async () => {
  const workspace = await makeWorkspace();
  const { ctx } = await makePerson(workspace, "owner");
  await makeAction(workspace, { name: "pay", approverEmails: ["ann@example.com"] });
  const runId = await makeRun(workspace, "always_require_approval", { approverEmails: ["ann@example.com"] });
  const decision = await linkToken(runId);
  const password = "correct horse battery staple";
  expectOk(await createUser(operatorContext(null), { email: "pat@example.com", password }));
  const secrets = [workspace.apiKey, workspace.workspaceKey, decision, password];
  secrets.push(await claimOk(workspace, await makeRun(workspace, "always_allow")));
  const receipt = await getDb().receipt.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
  const shared = expectOk(await shareReceipt(workspace.ctx, { receiptId: receipt.id, payload: "disclosed", endsAfter: "never" }));
  secrets.push(new URL(shared.url).pathname.split("/").at(-1) ?? "");
  const webhook = { kind: "webhook", url: "https://example.com/hooks", eventTypes: ["run.decided"] } as const;
  secrets.push(expectOk(await createWebhook(workspace.ctx, webhook)).secret ?? "");
  for (const kind of ["sign_in", "reset_password"] as const) {
    expectOk(await requestAccountLink(visitorContext(), kind, { email: "pat@example.com" }, REQUEST));
    secrets.push(await mailedToken("pat@example.com"));
  }
  expectOk(await inviteMember(ctx, { email: "new@example.com", role: "viewer" }));
  secrets.push(await mailedToken("new@example.com"));
  await drainJobs();
  expect((await newestMail("ann@example.com")).text).toContain(decision);

  expect(new Set(secrets).size).toBe(10);
  for (const [place, secret] of secrets.entries()) {
    expect(secret.length).toBeGreaterThan(20);
    expect({ place, tables: await tablesWith(secret) }).toEqual({ place, tables: [] });
    // As it would stand in an address or in base64.
    if (secret.startsWith("whsec_")) expect(await tablesWith(secret.slice("whsec_".length))).toEqual([]);
  }
});
