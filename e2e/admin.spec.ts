import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { hashPassword } from "@/lib/security/hash-password";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { createUser } from "@/lib/users/create-user";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";
import { overflowOf } from "./watch-page";
import { PASSWORD, type Person } from "./world";

const PAGES = ["/admin", "/admin/users", "/admin/workspaces", "/admin/mailbox"];

/** An operator by their row, not by the settings. */
async function makeOperator(email: string): Promise<Person> {
  await createUser(operatorContext(null), { email, isOperator: true });
  await getDb().user.update({ where: { email }, data: { passwordHash: await hashPassword(PASSWORD) } });
  return { email, password: PASSWORD };
}

test("the operator sees everybody, changes limits, and reads a stored email to its end", async ({
  page,
  context,
  world,
  signIn,
  watch,
}) => {
  // The mail is shown in a frame without scripts, which refuses those of the test, too.
  watch.allow(/^console error: Blocked script execution in .*\/admin\/mailbox\//);
  const workspace = await world.workspace({ name: "Finance automations", clientName: "Halvorsen Logistics" });
  await makeAction(workspace, { name: "refund_payment", title: "Refund payment", approverEmails: ["ann@example.com"] });
  await proposeOk(workspace, {
    action: "refund_payment",
    payload: { amount: 1840, secret_of_the_workspace: "do not show" },
  });
  await signIn(page, await makeOperator("root@example.com"));

  for (const path of PAGES) {
    await page.goto(path);
    await expectAccessible(page);
    await expect(page.locator("body")).not.toContainText("do not show");
  }
  await page.goto("/admin");
  await expect(page.getByRole("table", { name: "Recent runs" })).toContainText("Refund payment");

  await page.goto(`/admin/users?q=${encodeURIComponent(workspace.ownerEmail)}`);
  await page.getByRole("link", { name: workspace.ownerEmail }).click();
  await page.getByLabel("Action runs per month").fill("many");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Enter a whole number or the word unlimited, or leave the field empty.")).toBeVisible();
  await page.getByLabel("Plan", { exact: true }).selectOption("free");
  await page.getByLabel("Action runs per month").fill("5000");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Limits saved.", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Current usage" })).toContainText("of 5,000");
  await expectAccessible(page);

  await page.goto("/admin/mailbox?q=ann@example.com");
  await page.getByRole("table", { name: "Emails" }).getByRole("link").first().click();
  await expect(page.getByText("Stored on this machine, not sent.")).toBeVisible();
  await expect(page.frameLocator("iframe").locator("body")).toContainText("Finance automations");
  // The long name of the page gives way, not the short ones before it.
  const trail = page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("listitem");
  const cutOff = () => trail.evaluateAll((parts) => parts.slice(0, 2).map((part) => part.scrollWidth > part.clientWidth));
  await expect.poll(cutOff).toEqual([false, false]);
  const [decide] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "Open the decision page" }).click()]);
  await expect(decide.getByRole("heading", { level: 1 })).toContainText("refund payment");
  const opened = await getDb().auditEvent.findMany({ where: { verb: "mailbox.opened", actorId: "root@example.com" } });
  expect(opened).toHaveLength(1);

  // From a run whose email was stored and not opened yet, the operator gets to it.
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_payment", payload: { amount: 12 } });
  await keptMail(runId, "ann@example.com");
  const { id: userId } = await getDb().user.findUniqueOrThrow({ where: { email: "root@example.com" } });
  await getDb().member.create({ data: { workspaceId: workspace.workspaceId, userId, role: "approver" } });
  for (const path of [`/approvals?run=${runId}`, `/workspaces/${workspace.workspaceId}/runs/${runId}`]) {
    await page.goto(path);
    await page.getByRole("link", { name: "Open mailbox" }).click();
    await page.waitForURL(/\/admin\/mailbox\?q=ann%40example.com$/);
    await expect(page.getByRole("table", { name: "Emails" }).getByRole("link").first()).toBeVisible();
  }
  watch.allow(/404/);
  for (const path of [`/admin/users/${runId}`, `/admin/mailbox/${runId}`, "/admin/users/x", "/admin/mailbox/x"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Approvals" })).toBeVisible();
  }
  await page.goto("/admin/mailbox");
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await overflowOf(page)).toBe(0);
});

test("to everybody else there is no admin", async ({ page, world, signIn }) => {
  const workspace = await world.workspace();
  await signIn(page, workspace.owner);
  const { id } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
  for (const path of [...PAGES, `/admin/users/${id}`, `/admin/mailbox/${id}`, `/admin/mailbox/${id}/html`]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
});
