import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActionFormPage } from "@/e2e/pages/action-form-page";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { DEVICES } from "./devices";
import { expect, test } from "./fixtures";
import { runCommand } from "./python-program";
import { overflowOf } from "./watch-page";

const tests = (expected: string) => `tests:
  - payload: { amount: "80.00" }
    expect: allow
  - payload: { amount: "700.00" }
    expect: ${expected}
`;

for (const [device, viewport] of DEVICES) {
  test.describe(`on the ${device}`, () => {
    test.use({ viewport });

    test("policies are kept in a git repository: tested, planned, applied, and named by file and commit in the console", async ({
      world,
      signIn,
      page,
      daai,
    }) => {
      const workspace = await world.workspace();
      const base = `/workspaces/${workspace.workspaceId}`;
      await makeAction(workspace, {
        name: "refund",
        title: "Refund a customer",
        policy: { type: "require_approval_above_amount", threshold: "100" },
      });
      await proposeOk(workspace, { action: "refund", payload: { amount: "150.00" } });

      await signIn(page, workspace.owner);
      await page.goto(`${base}/settings/keys`);
      await page.getByRole("button", { name: "New management key" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Policy pipeline");
      await page.getByRole("checkbox", { name: /^backtests:run/ }).check();
      await page.getByRole("button", { name: "Create key" }).click();
      const key = await page.getByText(/^daai_mk_\w{38}$/).innerText();
      await page.getByRole("button", { name: "I’ve stored it" }).click();

      const folder = mkdtempSync(join(tmpdir(), "daai-policy-files-"));
      const git = (...args: string[]) =>
        execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: folder, encoding: "utf8" }).trim();
      const commit = () => {
        git("add", "--all");
        git("commit", "--quiet", "--message", "Change the policy of refunds");
        return git("rev-parse", "--short=12", "HEAD");
      };
      const policy = (...args: string[]) =>
        runCommand(["policy", ...args], {
          folder,
          environment: { DAAI_BASE_URL: `${daai.url}/api`, DAAI_MANAGEMENT_KEY: key },
        });
      git("init", "--quiet");

      expect(await policy("pull")).toMatchObject({ code: 0 });
      const file = join(folder, "policies", "refund.yaml");
      const pulled = readFileSync(file, "utf8");
      writeFileSync(file, pulled + tests("allow"));
      expect(await policy("test")).toMatchObject({ code: 1, output: expect.stringContaining("test 2: expected allow, got ask.") });
      const changed = pulled.replace(/threshold: .*/, 'threshold: "500"') + tests("ask");
      expect(changed).not.toBe(pulled + tests("ask"));
      writeFileSync(file, changed);
      expect(await policy("test")).toMatchObject({ code: 0 });
      const revision = commit();
      const planned = await policy("plan", "--out", "plan.json");
      expect(planned.code).toBe(2);
      for (const line of ["~ refund (policies/refund.yaml)", "1 of 1 run would be decided differently."])
        expect(planned.output).toContain(line);

      const action = `${base}/actions/refund`;
      await page.goto(action);
      await expect(page.getByRole("heading", { name: "Requires approval above 100.00" })).toBeVisible();
      expect(await policy("apply", "--plan", "plan.json")).toMatchObject({ code: 0 });
      await page.reload();
      await expect(page.getByRole("heading", { name: "Requires approval above 500.00" })).toBeVisible();
      await expect(page.getByRole("note")).toHaveText(`Managed by policies/refund.yaml at ${revision}`);
      await expect(page.getByText(`The key Policy pipeline set it from policies/refund.yaml at ${revision}`)).toBeVisible();
      await expectAccessible(page);
      expect(await overflowOf(page)).toBe(0);
      expect(await policy("plan")).toMatchObject({ code: 0 });

      // Whoever edits it by hand is warned, and the next plan finds it.
      const form = new ActionFormPage(page);
      await form.openEdit(workspace.workspaceId, "refund");
      await expect(page.getByText("The next time the file is applied, it replaces what you save here.")).toBeVisible();
      await expectAccessible(page);
      await form.threshold.fill("900");
      await form.save.click();
      await expect(page.getByRole("heading", { name: "Requires approval above 900.00" })).toBeVisible();
      expect(await policy("apply", "--plan", "plan.json")).toMatchObject({ code: 1 });
      expect(await policy("plan", "--no-backtest")).toMatchObject({ code: 2 });
      expect(await policy("apply")).toMatchObject({ code: 0 });
      await page.reload();
      await expect(page.getByRole("heading", { name: "Requires approval above 500.00" })).toBeVisible();
    });
  });
}
