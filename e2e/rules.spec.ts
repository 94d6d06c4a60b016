import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("a rule set is built from rows and CEL, tried, saved, and named by the run that it decided", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await signIn(page, await world.person(workspace, "admin"));
  const form = new ActionFormPage(page);
  await form.openNew(workspace.workspaceId);
  await form.title.fill("Refund a customer");
  await page.getByRole("radio", { name: /By rules/ }).check();

  await page.getByRole("textbox", { name: "Rule 1", exact: true }).fill("Large");
  await page.getByRole("textbox", { name: "Value of rule 1, row 1" }).fill("5000");
  await expect(page.getByText("amount > 5000", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("textbox", { name: "Rule 2", exact: true }).fill("Small and known");
  await page.getByRole("group", { name: "Edit rule 2 as" }).getByRole("button", { name: "CEL" }).click();
  const condition = page.getByRole("textbox", { name: "Condition of rule 2" });
  await condition.fill("amount <= 100 && known");
  await condition.blur();
  await expect(page.getByText("Column 18: known isn't known here. A field of the payload is written payload.known.")).toBeVisible();
  await condition.fill("amount <= 100 && payload.known");
  await page.getByRole("combobox", { name: "Decision" }).nth(1).selectOption("allow");
  await page.getByRole("group", { name: "Edit rule 2 as" }).getByRole("button", { name: "Rows" }).click();
  await expect(page.getByRole("combobox", { name: "Comparison of rule 2, row 2" })).toHaveValue("is_true");

  const readings = page.getByRole("list", { name: "Rules" });
  await form.sample.fill('{ "amount": "80.00", "known": true }');
  await expect(form.verdict).toContainText("Allowed by the rule “Small and known”: amount 80.00 <= 100, payload.known true.");
  await expect(readings).toContainText("amount 80.00 > 5,000");
  await form.sample.fill('{ "amount": "80.00" }');
  await expect(form.verdict).toContainText("payload.known is missing.");
  await expect(readings.getByRole("listitem").nth(1)).toContainText("unreadable");
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);

  await form.register.click();
  await expect(page).toHaveURL(/\/actions\/refund_a_customer$/);
  const { action_run_id: runId, policy_rule: rule } = await proposeOk(workspace, {
    action: "refund_a_customer",
    payload: { amount: "6200", known: true },
  });
  expect(rule).toBe("Large");
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  await expect(page.getByText("A person decides because of the rule “Large”: amount 6,200.00 > 5,000.").first()).toBeVisible();

  await form.openEdit(workspace.workspaceId, "refund_a_customer");
  await page.getByRole("textbox", { name: "Value of rule 1, row 1" }).fill("7000");
  await form.save.click();
  await expect(page.getByRole("row", { name: /Rules\s*changed/ })).toContainText("1. Large: ask when amount > 7000");
});
