import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

const FINANCE = ["ann@finance.example", "ben@finance.example"];

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

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
      await page.getByRole("combobox", { name: "Asks", exact: true }).selectOption("own");
      const approvers = page.getByRole("textbox", { name: "Approvers of rule 1" });
      for (const email of FINANCE) {
        await approvers.fill(email);
        await approvers.press("Enter");
      }
      await page.getByRole("textbox", { name: "Approvals needed by rule 1" }).fill("2");
      await form.sample.fill('{ "amount": "6200", "known": true }');
      await expect(form.verdict).toContainText(`${FINANCE.join(" and ")} would have to approve.`);
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);

      await form.register.click();
      await expect(page).toHaveURL(/\/actions\/refund_a_customer$/);
      await expect(page.getByText("Approvers of the rule “Large”, 2 approvals needed")).toBeVisible();
      const run = await proposeOk(workspace, { action: "refund_a_customer", payload: { amount: "6200", known: true } });
      expect(run).toMatchObject({ policy_rule: "Large", approvals: { required: 2, given: 0 } });
      const { action_run_id: runId } = run;
      await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
      await expect(page.getByText("A person decides because of the rule “Large”: amount 6,200.00 > 5,000.").first()).toBeVisible();

      await form.openEdit(workspace.workspaceId, "refund_a_customer");
      await expect(page.getByRole("textbox", { name: "Approvals needed by rule 1" })).toHaveValue("2");
      await page.getByRole("textbox", { name: "Value of rule 1, row 1" }).fill("7000");
      await form.save.click();
      await expect(page.getByRole("row", { name: /Rules\s*changed/ })).toContainText("1. Large: ask when amount > 7000");
    });

    test("a condition is completed by keyboard from the fields of past runs, and by pointer", async ({ world, signIn, page }) => {
      const workspace = await world.workspace();
      await makeAction(workspace, {
        name: "refund",
        policy: {
          type: "rules",
          rules: { rules: [{ name: "Large", when: "amount > 5000 && size(payload.note) > 9", then: "ask" }], otherwise: "allow" },
        },
      });
      await proposeOk(workspace, {
        action: "refund",
        payload: { amount: 7, customer: { country: "DE", email: "a@x.example" }, note: "x" },
      });
      await signIn(page, await world.person(workspace, "developer"));
      const form = new ActionFormPage(page);
      await form.openEdit(workspace.workspaceId, "refund");
      const condition = page.getByRole("textbox", { name: "Condition of rule 1" });
      const list = page.getByRole("listbox", { name: "Suggestions" });
      // The colors lie exactly on the letters, also where a long text wraps and scrolls.
      await condition.fill(`payload.note.endsWith("${"long ".repeat(60)}") && amount > dec("5.00")\n`);
      await condition.press("Control+End");
      const places = () =>
        condition.evaluate((box) => [box, box.nextElementSibling].map((at) => [at?.clientWidth, at?.scrollHeight, at?.scrollTop]));
      await expect.poll(async () => (await places()).map(String)).toEqual(Array(2).fill(String((await places())[0])));
      expect((await places())[0]?.[2]).toBeGreaterThan(0);
      await expect(condition.locator("+ pre").getByText('"5.00"', { exact: true })).toHaveClass("hljs-string");
      await condition.fill("");
      await condition.pressSequentially("payload.cu");
      await expect(list.getByRole("option")).toHaveText([/payload\.customer\.country\s*a text/, /payload\.customer\.email\s*a text/]);
      await condition.press("ArrowDown");
      await expect(list.getByRole("option", { selected: true })).toContainText("customer.email");
      const chosen = await list.getByRole("option", { selected: true }).getAttribute("id");
      await expect(condition).toHaveAttribute("aria-activedescendant", chosen ?? "");
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      await condition.press("ArrowUp");
      await condition.press("Enter");
      await expect(condition).toHaveValue("payload.customer.country");
      await expect(list).toHaveCount(0);

      await condition.pressSequentially(' == "DE" && cur');
      await condition.press("Escape");
      await expect(list).toHaveCount(0);
      await expect(condition).toHaveValue('payload.customer.country == "DE" && cur');
      await condition.pressSequentially("r");
      await list.getByRole("option", { name: "currency" }).click();
      await expect(condition).toBeFocused();
      await condition.pressSequentially(' == "EUR" || ');
      await condition.press("Control+Space");
      await expect(list.getByRole("option").first()).toContainText("payload.amount");
      await condition.press("Tab");
      await condition.pressSequentially(" > 5");
      await expect(condition).toHaveValue('payload.customer.country == "DE" && currency == "EUR" || payload.amount > 5');
      await form.save.click();
      await expect(page.getByRole("region", { name: "Changes" })).toContainText(
        'payload.customer.country == "DE" && currency == "EUR" || payload.amount > 5',
      );
    });
  });
}
