import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { claimOk, expectOk, makeAction, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { openVerify } from "./pages/verify-page";
import { overflowOf } from "./watch-page";

/** A refund that a person approved and the app reported; and one that the policy blocked. */
async function makeReceipts(workspace: TestWorkspace): Promise<string> {
  await makeAction(workspace, {
    name: "refund_payment",
    sentence: "refund {amount} {currency} to {customer}",
    approverEmails: ["ann@example.com"],
  });
  const payload = {
    amount: "1840.00",
    currency: "EUR",
    customer: "Nordlicht Café GmbH",
    actor: "finance_agent",
    reasoning: "Charged twice.",
  };
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_payment", payload });
  expectOk(await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked by phone." }));
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refund_id: "re_88214" } }));
  await proposeOk(workspace, { action: "never_registered", payload: {} });
  return runId;
}

test("a receipt is found, read, checked in the browser, downloaded and printed", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await makeReceipts(workspace);
  // Receipts get their places within a second; here at once, or the worker has been faster.
  while ((await sequenceReceipts(systemContext(workspace.workspaceId))) !== 0);
  await signIn(page, await world.person(workspace, "viewer"));
  const home = `/workspaces/${workspace.workspaceId}/receipts`;
  await page.goto(home);
  const rows = page.getByRole("table", { name: "Receipts" }).getByRole("row");
  // One row a run, whatever was decided and reported about it.
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "refund_payment" })).toContainText(/Approved.*Executed/);
  await expectAccessible(page);
  const filterBy = async (outcome: string) => {
    await page.getByRole("button", { name: "Outcome", exact: true }).click();
    await page.getByRole("dialog", { name: "Outcome" }).getByText(outcome, { exact: true }).click();
    await page.keyboard.press("Escape");
  };
  await filterBy("Rejected");
  await expect(page.getByRole("heading", { name: "No receipts match these filters" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await filterBy("Approved");
  await expect(rows).toHaveCount(2);
  await rows.getByRole("link", { name: "refund_payment" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "The proposal to refund 1,840.00\u00a0EUR to Nordlicht Café GmbH was approved by a person, and the app reported it as executed",
  );
  for (const answer of [
    "Charged twice.",
    "Yes. ann@example.com was asked.",
    "Checked by phone.",
    "Executed, as reported by the app",
    "re_88214",
  ]) {
    await expect(page.getByRole("article")).toContainText(answer);
  }
  await expect(page.getByText("Not verified in this browser yet")).toBeVisible();
  await page.getByRole("button", { name: "Verify in this browser" }).click();
  await expect(page.getByText("Verified in this browser")).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = JSON.parse(readFileSync(await (await download).path(), "utf8")) as { receipts: { body: string; leaf_hash: string }[] };
  expect(file.receipts).toHaveLength(2);
  for (const { body, leaf_hash: hash } of file.receipts) expect(createHash("sha256").update(`\0${body}`).digest("hex")).toBe(hash);

  // A sheet of paper names the zone of its times.
  await page.emulateMedia({ media: "print" });
  const times = page.getByRole("article").locator("time");
  const printed = () => times.evaluateAll((all) => all.map((time) => getComputedStyle(time, "::after").content));
  await expect.poll(async () => (await printed()).filter((text) => /\d{2}:\d{2} UTC"$/.test(text)).length).toBeGreaterThan(1);
  await page.emulateMedia({ media: null });
  const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);

  // Whoever got the file checks it without an account, and without a connection once the page is there.
  await openVerify(page);
  await page.context().setOffline(true);
  const choose = (changed: object) =>
    page
      .getByLabel("Drop a receipt here")
      .setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(changed)) });
  await choose(file);
  await expect(page.getByRole("status").filter({ hasText: "Verified." })).toContainText("That the app told the truth about the execution");
  await choose({ ...file, receipts: file.receipts.map(({ body, ...rest }) => ({ ...rest, body: body.replace("approved", "rejected") })) });
  await expect(page.getByRole("alert").filter({ hasText: "Verification failed." })).toContainText("its text was changed");
  await page.context().setOffline(false);
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);
});

test("a receipt of another workspace is like one that does not exist", async ({ page, world, signIn }) => {
  const [workspace, other] = [await world.workspace(), await world.workspace()];
  const runId = await makeReceipts(workspace);
  const { id } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
  await signIn(page, other.owner);
  for (const path of [
    `${workspace.workspaceId}/receipts/${id}/download`,
    `${other.workspaceId}/receipts/${id}/download`,
    `${workspace.workspaceId}/receipts`,
  ]) {
    expect((await page.request.get(`/workspaces/${path}`)).status()).toBe(404);
  }
  expect(await (await page.request.get(`/workspaces/${other.workspaceId}/receipts/${id}`)).text()).not.toContain("Nordlicht");
});
