import { systemContext } from "@/lib/auth/contexts";
import { eraseOldData } from "@/lib/retention/erase-old-data";
import { ageRuns, makeRun } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { overflowOf } from "./watch-page";

test("personal data is erased after the days that an owner sets, who sees before how many runs that are", async ({
  page,
  world,
  signIn,
}) => {
  const workspace = await world.workspace({ name: "Support desk" });
  const runId = await makeRun(workspace, "always_allow");
  await ageRuns(20, runId);
  await signIn(page, workspace.owner);
  const settings = `/workspaces/${workspace.workspaceId}/settings`;
  await page.goto(settings);
  const card = page.getByRole("region", { name: "Personal data" });
  await expect(card).toContainText("stored until an owner erases them");
  await card.getByRole("button", { name: "Erase automatically…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Erase personal data automatically?" });
  await expect(dialog.getByText("No run has ended that long ago yet.")).toBeVisible();
  await dialog.getByLabel("Days after the run ended").fill("1.5");
  await expect(dialog.getByText("Enter a whole number of days, from 1 to 3,650.")).toBeVisible();
  await dialog.getByLabel("Days after the run ended").fill("14");
  await expect(dialog.getByText("The data of 1 run that ended longer ago is erased the next night, and can’t be restored.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Type Support desk to confirm").fill("Support desk");
  await dialog.getByRole("button", { name: "Erase automatically" }).click();
  await expect(card).toContainText(`are erased 14 days after a run ended. Set by ${workspace.owner.email}.`);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflowOf(page)).toBe(0);

  await eraseOldData(systemContext(null));
  await page.goto(`/workspaces/${workspace.workspaceId}/runs/${runId}`);
  await expect(page.getByText("Stored for 14 days, as set in the workspace’s data retention.").first()).toBeVisible();
  await page.goto(`/workspaces/${workspace.workspaceId}/activity`);
  await expect(page.getByText("erased the personal data of 1 run, which ended more than 14 days ago")).toBeVisible();
  await page.goto(settings);
  await card.getByRole("button", { name: "Turn off…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Turn off" }).click();
  await expect(card).toContainText("stored until an owner erases them");
});
