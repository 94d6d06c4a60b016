import { expect, type Page } from "@playwright/test";

export interface ReadKeys {
  apiKey: string;
  workspaceKey: string;
}

/** Makes a workspace in the browser and takes its keys, as a person does. Ends on the setup page. */
export async function makeWorkspaceByHand(
  page: Page,
  { name, clientName }: { name: string; clientName: string },
): Promise<ReadKeys & { workspaceId: string }> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Client", { exact: true }).fill(clientName);
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("heading", { name: `Keys for ${name}` })).toBeVisible();
  const apiKey = await page.getByText(/^daai_sk_\w{38}$/).innerText();
  const workspaceKey = await page.getByText(/^daai_wk_\w{38}$/).innerText();
  const goOn = page.getByRole("button", { name: "Continue to setup" });
  await expect(goOn).toBeDisabled();
  await page.getByLabel("I’ve stored both keys").check();
  await goOn.click();
  await page.waitForURL(/\/workspaces\/[0-9a-f-]{36}\/setup$/);
  return { apiKey, workspaceKey, workspaceId: new URL(page.url()).pathname.split("/")[2] ?? "" };
}

/** Asks the console as the SDK does. */
export async function intercept(
  origin: string,
  keys: ReadKeys,
  body: { action: string; payload: object; idempotency_key?: string },
): Promise<{ action_run_id: string; governance_status: string }> {
  const answer = await fetch(`${origin}/api/v1/sdk/intercept`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${keys.apiKey}`, "X-DAAI-Workspace-Key": keys.workspaceKey },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { action_run_id: string; governance_status: string };
}
