import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { eraseRun } from "@/lib/action-runs/erase-run";
import { decideRun } from "@/lib/approvals/decide-run";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { claimOk, expectOk, makeAction, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf, untilWhole } from "./watch-page";

const PAYLOAD = { amount: "1840.00", currency: "EUR", customer: "Nordlicht Café GmbH", order: "SO-88214" };
/** Of the most bytes that a payload may have, and many fields. */
const LARGE = {
  ...PAYLOAD,
  ...Object.fromEntries(Array.from({ length: 40 }, (_, line) => [`line_${line}`, `position ${line} `.repeat(33)])),
};

/** A refund that a person approved and the app reported, in the log. */
async function makeReceipt(
  workspace: TestWorkspace,
  payload: Record<string, string> = PAYLOAD,
): Promise<{ runId: string; receiptId: string }> {
  await makeAction(workspace, {
    name: "refund_payment",
    sentence: "refund {amount} {currency} to {customer}",
    riskLevel: "high",
    approverEmails: ["tomas@example.com", "marta@example.com"],
    policy: { type: "require_approval_above_amount", threshold: "250", currency: "EUR" },
  });
  const proposal = {
    action: "refund_payment",
    payload,
    actor: "finance_agent",
    reasoning: "Order SO-88214 was charged twice on 16 November. I propose to refund the second charge.",
  };
  const { action_run_id: runId } = await proposeOk(workspace, proposal);
  expectOk(
    await decideRun(workspace.ctx, { runId, decision: "approve", comment: "Checked with the café by phone. The double charge is real." }),
  );
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId), result: { refund_id: "re_88214" } }));
  await sequence(workspace);
  return { runId, receiptId: (await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } })).id };
}

/** Receipts get their places within a second; here at once, or the worker has been faster. */
async function sequence({ workspaceId }: TestWorkspace): Promise<void> {
  while ((await sequenceReceipts(systemContext(workspaceId))) !== 0);
}

async function linkTo(workspace: TestWorkspace, receiptId: string, payload: "withheld" | "disclosed"): Promise<string> {
  return expectOk(await shareReceipt(workspace.ctx, { receiptId, payload, endsAfter: "never" })).url;
}

async function pagesOnPaper(page: Page): Promise<number> {
  await untilWhole(page);
  const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test("an owner shares a receipt; a client reads, checks, downloads and prints it; revoked, it is gone", async ({
  page,
  browser,
  world,
  signIn,
  watch,
  baseURL,
}) => {
  // Every screen is looked over by axe, light and dark.
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  const { receiptId } = await makeReceipt(workspace);
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/receipts/${receiptId}`);
  await expect(page).toHaveTitle(/^Receipt \d{4}-\d\d-\d\d refund_payment [0-9a-f]{8} · DAAI Console$/);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: "Without the payload" })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByLabel("Expires after").selectOption("30 days");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const url = (await dialog.locator("code").textContent()) ?? "";
  expect(url).toMatch(/\/share\/[\w-]{43}$/);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const links = page.getByRole("region", { name: "Links to this receipt" });
  await expect(links).toContainText("Without the payload");
  await expect(links).toContainText("never opened");
  await expect(page.locator("body")).not.toContainText(url);

  for (const viewport of [
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    const context = await browser.newContext({ viewport, baseURL });
    watch.add(context);
    const client = await context.newPage();
    const answer = await client.goto(url);
    expect(answer?.headers()).toMatchObject({
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
    });
    await expect(client.getByText("Verified in this browser")).toBeVisible();
    const paper = client.getByRole("article");
    await expect(client.getByRole("heading", { level: 1 })).toHaveText(
      "The proposal to run refund_payment was approved by a person, and the app reported it as executed",
    );
    for (const said of [
      "finance_agent",
      "Requires approval above 250.00 EUR",
      "Version 1",
      "Checked with the café by phone",
      "Executed, as reported by the app",
      "not disclosed",
    ])
      await expect(paper).toContainText(said);
    for (const kept of ["1,840.00", "Nordlicht", "charged twice", "re_88214"]) await expect(client.locator("body")).not.toContainText(kept);
    await client.getByText("What was proved, and what was not").click();
    await expect(paper).toContainText("That the app told the truth about the execution");
    await expectAccessible(client);
    expect(await overflowOf(client)).toBe(0);
    expect(await pagesOnPaper(client)).toBe(1);

    const download = client.waitForEvent("download");
    await client.getByRole("link", { name: "Download" }).click();
    const file = readFileSync(await (await download).path());
    expect(file.toString()).not.toContain("Nordlicht");
    await client.getByRole("link", { name: "/verify" }).click();
    await client.getByLabel("Drop a receipt here").setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: file });
    await expect(client.getByRole("status").filter({ hasText: "Verified." })).toBeVisible();
    await context.close();
  }

  await page.reload();
  await expect(links).toContainText("opened once");
  await links.getByRole("button", { name: "Revoke link" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke link" }).click();
  await expect(links).toContainText("Revoked");
  await expectAccessible(page);
  for (const [path, said] of [
    [url, "This link was revoked"],
    [`${url}/download`, "This link was revoked"],
    ["/share/not-a-link", "This link isn’t valid"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(said);
    await expect(page.locator("body")).not.toContainText("Halvorsen");
    await expectAccessible(page);
  }
});

test("without a script, a shared receipt says what the console found, and is downloaded", async ({ browser, world, baseURL }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  const { receiptId } = await makeReceipt(workspace);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, baseURL });
  const client = await context.newPage();
  await client.goto(await linkTo(workspace, receiptId, "disclosed"));
  await expect(client.getByRole("heading", { level: 1 })).toContainText("refund 1,840.00\u00a0EUR to Nordlicht Café GmbH");
  await expect(client.getByRole("article")).toContainText("The console found it unchanged and in the signed log.");
  await expect(client.getByRole("button", { name: "Print" })).toBeHidden();
  const download = client.waitForEvent("download");
  await client.getByRole("link", { name: "Download" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain("Nordlicht");
  await client.goto("/share/not-a-link");
  await expect(client.getByRole("heading", { level: 1 })).toHaveText("This link isn’t valid");
  await context.close();
});

test("a receipt prints to one sheet, however long its payload is, and says how much is not on it", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  const { receiptId } = await makeReceipt(workspace, LARGE);
  await signIn(page, workspace.owner);
  for (const address of [await linkTo(workspace, receiptId, "disclosed"), `/workspaces/${workspace.workspaceId}/receipts/${receiptId}`]) {
    await page.goto(address);
    await expect(page.getByRole("article")).toBeVisible();
    expect(await pagesOnPaper(page)).toBe(1);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText(/^Not printed: 35 fields, [\d,]+ characters\./)).toBeVisible();
    // Paper has no links, so the address is whole.
    await expect(page.getByRole("link", { name: `${new URL(page.url()).origin}/verify` })).toBeVisible();
    await page.emulateMedia({ media: null });
  }
});

test("a shared receipt of an erased run says so, and still verifies in the browser", async ({ page, world }) => {
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  const { runId, receiptId } = await makeReceipt(workspace);
  const url = await linkTo(workspace, receiptId, "disclosed");
  expectOk(await eraseRun(workspace.ctx, { runId, reason: "Asked for by the customer.", erasedBy: workspace.ownerEmail }));
  await sequence(workspace);
  await page.goto(url);
  await expect(page.getByText("Verified in this browser")).toBeVisible();
  await expect(page.getByRole("article")).toContainText("Asked for by the customer.");
  await expect(page.locator("body")).not.toContainText("Nordlicht");
  expect(await pagesOnPaper(page)).toBe(1);
  await expectAccessible(page);
});
