import { Shell } from "@/e2e/pages/shell";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { expect, test } from "./fixtures";

/** A train in a tunnel: 1.5 seconds to the first byte, then 60 KB a second. */
const SLOW = { offline: false, latency: 1500, downloadThroughput: 60_000, uploadThroughput: 60_000 };

test("on a slow connection the old page or a skeleton is shown, never a blank one", async ({ world, signIn, page }) => {
  const workspace = await world.workspace({ name: "Finance automations" });
  await makeAction(workspace, { name: "refund_customer", approverEmails: ["ann@example.com"] });
  await proposeOk(workspace, { action: "refund_customer", payload: { amount: "10" } });
  await signIn(page, workspace.owner);
  await page.goto(`/workspaces/${workspace.workspaceId}/members`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const connection = await page.context().newCDPSession(page);
  await connection.send("Network.emulateNetworkConditions", SLOW);

  await page.evaluate(() => {
    const watch = Object.assign(window, { blankFrames: 0 });
    const look = () => {
      const main = document.querySelector("main");
      // Skeletons say for screen readers what is loading.
      if (main === null || main.innerText.trim() === "") watch.blankFrames++;
      requestAnimationFrame(look);
    };
    look();
  });
  const shell = new Shell(page);
  for (const [link, heading] of [
    ["Settings", "Settings"],
    ["Runs", "Runs"],
    ["Overview", "Finance automations"],
    ["Actions", "Actions"],
  ] as const) {
    await shell.link(link).first().click();
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/^Loading/).filter({ visible: true })).toHaveCount(0, { timeout: 30_000 });
  }
  expect(await page.evaluate(() => (window as unknown as { blankFrames: number }).blankFrames)).toBe(0);
});
