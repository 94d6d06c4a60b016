import { expect, test } from "@playwright/test";
import { withFreshConsole } from "./fresh-console";
import { startPython } from "./python-program";
import { watchPage } from "./watch-page";

// A new console, settings untouched, and someone who has never seen it.
test("from an empty console to the first receipt, in the browser and with the real SDK", async ({ page, context }) => {
  test.setTimeout(600_000);
  const watch = watchPage(context);
  await withFreshConsole(async (daai) => {
    await test.step("the first account", async () => {
      await page.goto(daai.url);
      await page
        .getByRole("banner")
        .getByRole("link", { name: /start|create|sign up/i })
        .first()
        .click();
      await expect(page.getByRole("heading", { name: "Set up DAAI Console" })).toBeVisible();
      await page.getByLabel("Name").fill("Marta Lindqvist");
      await page.getByLabel("Email").fill("marta@example.com");
      await page.getByLabel("Password", { exact: true }).fill("a long enough passphrase");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.waitForURL("**/home");
    });

    const keys = await test.step("a workspace and its keys", async () => {
      await page
        .getByRole("link", { name: /create.*workspace/i })
        .first()
        .click();
      await page.getByLabel("Name").fill("Finance automations");
      await page.getByLabel("Client").fill("Halvorsen Logistics");
      await page.getByRole("button", { name: "Create workspace" }).click();
      const environment = await page.getByLabel("Environment", { exact: true }).innerText();
      await expect(page.getByRole("button", { name: "Continue to setup" })).toBeDisabled();
      await page.getByRole("link", { name: "Home" }).first().click();
      await expect(page.getByRole("alertdialog")).toContainText("shown only once");
      await page.getByRole("button", { name: "Stay" }).click();
      await page.getByLabel("I’ve stored both keys").check();
      await page.getByRole("button", { name: "Continue to setup" }).click();
      await expect(page.getByRole("heading", { name: "Set up Finance automations" })).toBeVisible();
      return Object.fromEntries([...environment.matchAll(/^export (DAAI_\w+)=(\S+)$/gm)].map(([, name = "", value = ""]) => [name, value]));
    });
    expect(Object.keys(keys).sort()).toEqual(["DAAI_API_KEY", "DAAI_BASE_URL", "DAAI_WORKSPACE_KEY"]);

    const code = await test.step("an action that asks above 5,000", async () => {
      await page.getByRole("link", { name: "Register an action" }).click();
      await page.getByLabel("Title").fill("Pay supplier invoice");
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("pay_supplier_invoice");
      await page.getByRole("radio", { name: /above an amount/i }).check();
      await page.getByRole("textbox", { name: "Threshold" }).fill("5000");
      await page.getByRole("button", { name: "Register action" }).click();
      // Back at the next step, with the keys of a moment ago filled in.
      await page.waitForURL("**/setup#next");
      await expect(page.getByLabel("Shell, Python 3.9 or later", { exact: true })).toContainText(
        `export DAAI_API_KEY=${keys.DAAI_API_KEY}`,
      );
      await expect(page.getByLabel("Shell, Python 3.9 or later", { exact: true })).toContainText("python -m daai doctor");
      await page.getByRole("button", { name: "TypeScript" }).first().click();
      await expect(page.getByLabel("Shell, Node 20 or later", { exact: true })).toContainText(
        /npm install http\S+\/packages\/daai-js\.tgz/,
      );
      await expect(page.getByLabel("first_run.mjs", { exact: true })).toContainText('action: "pay_supplier_invoice"');
      await page.getByRole("button", { name: "Python" }).first().click();
      return page.getByLabel("first_run.py", { exact: true }).innerText();
    });

    const program = startPython(code, keys);
    await test.step("the run arrives without reloading", async () => {
      await expect(page.getByText("Your first run has arrived")).toBeVisible({ timeout: 30_000 });
      expect(program.output()).toMatch(/Decide here: http\S+\/runs\//);
      expect(program.output()).toContain("pending_approval");
      await page.getByRole("link", { name: "Approvals" }).click();
    });

    await test.step("a person approves it", async () => {
      await expect(page.getByRole("region", { name: "Your decision" }).getByRole("button", { name: "Approve", exact: true })).toBeEnabled();
      await page.keyboard.press("a");
      await page.keyboard.press("Enter");
      await expect(page.getByText("Nothing needs your approval").first()).toBeVisible();
    });

    await test.step("the program goes on and reports", async () => {
      expect(await program.ended, program.output()).toBe(0);
      expect(program.output()).toContain("executed and reported");
    });

    await test.step("Setup shows the next steps", async () => {
      await page.getByRole("link", { name: "Setup" }).click();
      for (const next of ["Invite an approver", "Send real email", "Notify other systems"])
        await expect(page.getByRole("link", { name: next })).toBeVisible();
    });

    await test.step("the receipt tells the story", async () => {
      await page.getByRole("link", { name: "Receipts" }).click();
      await page.getByRole("table").getByRole("link").first().click();
      const main = page.getByRole("main");
      for (const said of ["pay_supplier_invoice", "marta@example.com", "as reported by the app"])
        await expect(main.getByText(said).first()).toBeVisible();
      await page.getByRole("button", { name: "Verify in this browser" }).click();
      await expect(page.getByText("Verified in this browser")).toBeVisible();
    });
    expect(watch.troubles()).toEqual([]);
    await page.goto("about:blank");
  });
});
