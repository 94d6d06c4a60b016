import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

const REFUND = {
  name: "refund_customer",
  title: "Refund a customer",
  policy: { type: "require_approval_above_amount", threshold: "250" },
} as const;

test("an action is registered from three questions, tried while it is typed, edited, compared and restored", async ({
  world,
  signIn,
  page,
}) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { ...REFUND, name: "taken_name" });
  await signIn(page, await world.person(workspace, "admin"));
  const form = new ActionFormPage(page);
  await form.openNew(workspace.workspaceId);

  await expect(form.title).toBeFocused();
  await form.title.fill("Taken name");
  await expect(form.name).toHaveValue("taken_name");
  await expect(page.getByText("An action named taken_name already exists in this workspace.")).toBeVisible();
  await form.title.fill("Refund a customer");
  await expect(form.name).toHaveValue("refund_a_customer");
  await expect(page.getByText("Available.")).toBeVisible();

  await form.takeProposal({ undo: "With effort", askAbove: "250.00", reach: "Yes, people we know" });
  await expect(form.threshold).toHaveValue("250.00");
  await expect(page.getByRole("radio", { name: /High risk/ })).toBeChecked();
  for (const width of [1024, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const titles = page.getByRole("group", { name: "Risk" }).locator("label > span");
    const overflows = () => titles.evaluateAll((all) => all.map((title) => title.scrollWidth - title.clientWidth));
    await expect.poll(overflows).toEqual([0, 0, 0, 0]);
  }
  await form.currency.fill("EUR");
  await form.approvers.fill("tomas@halvorsen.example,");

  await form.sample.fill('{ "amount": "1840.00", "currency": "EUR" }');
  await expect(form.verdict).toContainText("1,840.00 is above the threshold of 250.00, so a person decides.");
  await expect(form.verdict).toContainText("tomas@halvorsen.example would be asked.");
  await form.sample.fill('{ "amount": 250, "currency": "EUR" }');
  await expect(form.verdict).toContainText("executable: true");
  await form.sample.fill('{ "amount": 9007199254740993 }');
  await expect(form.verdict).toContainText("payload.amount contains a number that can't be stored exactly; send it as a string.");
  await form.sample.fill('{\n  "amount": 1,250\n}');
  await expect(form.verdict).toContainText("line 2, column 15");
  await form.sample.fill('{ "to": "Na\u200bdia" }');
  await expect(page.getByLabel("The sample with its hidden characters")).toContainText("U+200B");
  await expectAccessible(page);

  await form.sentence.fill("refund {amount");
  await form.register.click();
  await expect(page.getByText("Close every { with a }, and use braces for fields only.")).toBeVisible();
  await form.sentence.fill("refund {amount} {currency}");
  await form.register.click();
  await expect(page).toHaveURL(/\/actions\/refund_a_customer$/);
  await expect(page.getByRole("heading", { name: /Requires approval above 250\.00.EUR/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await form.threshold.fill("400");
  await form.save.click();
  await expect(page.getByRole("heading", { name: /Requires approval above 400\.00.EUR/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Threshold\s*changed\s*250\.00\s*400\.00/ })).toBeVisible();
  await expect(page.getByText("Threshold: 250.00 → 400.00")).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByRole("button", { name: "Restore as version 3" }).click();
  await expect(page.getByRole("heading", { name: /Requires approval above 250\.00.EUR/ })).toBeVisible();
  await expect(page.getByText("restored the policy of version 1")).toBeVisible();
});

test("of two who edit, the second is told who was faster and loses nothing", async ({ world, signIn, browser, baseURL, page }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, REFUND);
  const [first, second] = [await world.person(workspace, "admin"), await world.person(workspace, "developer")];
  const context = await browser.newContext({ baseURL });
  const theirs = await context.newPage();
  await signIn(page, first);
  await signIn(theirs, second);
  const [mine, other] = [new ActionFormPage(page), new ActionFormPage(theirs)];
  await mine.openEdit(workspace.workspaceId, REFUND.name);
  await other.openEdit(workspace.workspaceId, REFUND.name);
  // Whoever writes the agent does not choose who approves it.
  await expect(mine.approvers).toBeVisible();
  await expect(theirs.getByText("Only workspace owners and admins can change these.")).toBeVisible();
  await expect(other.approvers).toHaveCount(0);
  await mine.threshold.fill("900");
  await mine.save.click();
  await expect(page).toHaveURL(/\/actions\/refund_customer$/);

  await other.title.fill("Refund somebody");
  await other.save.click();
  await expect(theirs.getByText(`${first.email} saved first`)).toBeVisible();
  await expect(other.threshold).toHaveValue("900");
  await expect(other.title).toHaveValue("Refund somebody");
  await other.save.click();
  await expect(theirs.getByRole("heading", { name: "Refund somebody" })).toBeVisible();
  await expect(theirs.getByRole("heading", { name: "Requires approval above 900.00" })).toBeVisible();
  await context.close();
});

test("an action is switched off and on, within the limit; a viewer only looks", async ({ world, signIn, page }) => {
  const workspace = await world.workspace({ plan: "free" });
  for (const name of ["first_action", "second_action", "third_action"]) await makeAction(workspace, { ...REFUND, name, title: name });
  await proposeOk(workspace, { action: "first_action", payload: { amount: 5 } });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/actions`);
  await expect(page.getByText("Deactivate one before you register another.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "first_action" }).click();
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("inactive_action")).toBeVisible();
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("Inactive", { exact: true })).toBeVisible();
  await makeAction(workspace, { ...REFUND, name: "fourth_action" });
  await page.getByRole("button", { name: "Activate" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Activate" }).click();
  await expect(page.getByRole("alertdialog").getByRole("alert")).toContainText("the limit is 3");
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();

  await signIn(page, await world.person(workspace, "viewer"));
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto(`/workspaces/${workspace.workspaceId}/actions?show=all`);
  await expect(page.getByRole("listitem").filter({ hasText: "first_action" })).toContainText("1 run in 30 days");
  await expect(page.getByRole("listitem").filter({ hasText: "second_action" })).toContainText("0 runs in 30 days");
  for (const path of ["actions?show=all", "actions/first_action"]) {
    await page.goto(`/workspaces/${workspace.workspaceId}/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const name of ["Register action", "Edit", "Activate"]) await expect(page.getByText(name, { exact: true })).toHaveCount(0);
    expect(await overflowOf(page)).toBe(0);
  }
});

test("an action starts from a template, and its test request is decided as a test, which never runs", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await signIn(page, await world.person(workspace, "admin"));
  const form = new ActionFormPage(page);
  await form.openNew(workspace.workspaceId);
  await page.getByRole("group", { name: "Start from a template" }).getByRole("button", { name: "Refund a customer" }).click();
  await expect(form.name).toHaveValue("refund_a_customer");
  await expect(form.threshold).toHaveValue("250.00");
  await expect(form.verdict).toContainText("1,840.00 is above the threshold of 250.00");
  const window = page.getByLabel(/^Approval window/);
  await expect(window).toBeHidden();
  await page.getByText("Timing and escalation").click();
  await window.fill("x");
  await page.getByText("Timing and escalation").click();
  await form.register.click();
  // What is wrong is never hidden.
  await expect(window).toBeVisible();
  await window.fill("");
  await form.register.click();
  await expect(page).toHaveURL(/\/actions\/refund_a_customer$/);

  await page.getByRole("button", { name: "Send test request…" }).click();
  const dialog = page.getByRole("dialog", { name: "Send a test request for Refund a customer?" });
  const payload = dialog.getByRole("textbox", { name: "Payload" });
  await payload.fill("[]");
  await dialog.getByRole("button", { name: "Send test request" }).click();
  await expect(dialog.getByText("payload must be a JSON object.")).toBeVisible();
  await payload.fill('{ "amount": "900.00", "currency": "EUR", "order_id": "SO-1", "customer": { "email": "ada@example.com" } }');
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send test request" }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByText("Test", { exact: true })).toBeVisible();
  const run = page.url();
  await page.getByRole("link", { name: "Decide", exact: true }).click();
  const approvals = new ApprovalsPage(page);
  await expect(approvals.card.getByText("This is a test.", { exact: true })).toBeVisible();
  await approvals.expectOpen("refund 900.00");
  await approvals.answer("Approve").click();
  await approvals.expectSaid("Approved: Refund a customer");
  await page.goto(run);
  await expect(page.getByText("no, it’s a test from the console")).toBeVisible();
  await expect(page.getByText("Approved", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Open receipt" }).click();
  await expect(page.getByText("No. It was a test from the console, so nothing may run.")).toBeVisible();
});

test("the actions of an MCP server's tools are registered where the tools are accepted", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "accept_mcp_tools", policy: { type: "always_require_approval" } });
  await makeAction(workspace, { name: "bank_pay" });
  const tools = [
    { tool: "pay", action: "bank_pay", says_read_only: false },
    { tool: "look\u202e", action: "bank_look", says_read_only: true },
    { tool: "drop", action: "bank_drop", says_read_only: false },
  ];
  const asked = { action: "accept_mcp_tools", payload: { server: "bank", tools } };
  const { action_run_id: runId } = await proposeOk(workspace, asked);
  await signIn(page, await world.person(workspace, "admin"));
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  const card = page.getByRole("region", { name: "Actions of these tools" });
  await expect(card).toContainText("1 of 3 registered");
  await expect(card).toContainText("lookU+202E");
  await expectAccessible(page);
  await card.getByLabel("Runs of bank_look").selectOption("Allowed, log only");
  await card.getByRole("button", { name: "Register 2 actions" }).click();
  await expect(card).toContainText("3 of 3 registered");
  await expect(card.getByRole("button")).toHaveCount(0);
  await card.getByRole("link", { name: "bank_look" }).click();
  await expect(page.getByRole("heading", { name: "Allows every run, for the record" })).toBeVisible();
});
