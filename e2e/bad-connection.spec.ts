import { getDb } from "@/lib/db/client";
import { makeAction } from "@/lib/testing/factories";
import { expect, test } from "./fixtures";

test("on a slow server a page shows its shape first, and a form is sent once", async ({ page, world, signIn }) => {
  const workspace = await world.workspace({ name: "Support desk", clientName: "Halvorsen" });
  await makeAction(workspace, { name: "refund" });
  await signIn(page, workspace.owner);

  // What the page reads is locked until the test has seen what stands there meanwhile.
  await getDb().$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE policy_versions IN ACCESS EXCLUSIVE MODE`;
      await page.goto(`/workspaces/${workspace.workspaceId}/actions`, { waitUntil: "commit" });
      await expect(page.getByText("Loading the actions")).toBeAttached();
    },
    { timeout: 60_000 },
  );
  await expect(page.getByRole("main").getByText("refund").first()).toBeVisible();
  await expect(page.getByText("Loading the actions")).toHaveCount(0);

  let sent = 0;
  await page.route("**/workspaces/new", async (route) => {
    if (route.request().method() === "POST") sent++;
    await route.continue();
  });
  await page.goto("/workspaces/new");
  await page.getByLabel("Name").fill("Finance automations");
  await page.getByLabel("Client").fill("Halvorsen Logistics");
  await page.getByRole("button", { name: "Create workspace" }).dblclick();
  await expect(page.getByLabel("I’ve stored both keys")).toBeVisible();
  expect(sent).toBe(1);
  expect(await getDb().workspace.count({ where: { name: "Finance automations", owner: { email: workspace.ownerEmail } } })).toBe(1);
  await page.getByLabel("I’ve stored both keys").check();
});

test("what is typed before the page's program has arrived is kept", async ({ page, world }) => {
  const workspace = await world.workspace();
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("Email").first().fill(workspace.owner.email);
  await page.getByLabel("Password").first().fill(workspace.owner.password);
  arrive();
  await page.waitForLoadState();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/home");
});

test("a server that fails says so beside what was typed, or with a way on, and loses nothing", async ({ page, world, signIn, watch }) => {
  // What the test is about.
  watch.allow(/^answer 50[03]/, /^console error/, /^failed/, /^exception/);
  const workspace = await world.workspace();
  await makeAction(workspace, { name: "refund" });
  await signIn(page, workspace.owner);
  const base = `/workspaces/${workspace.workspaceId}`;

  await test.step("a form keeps what was typed, and can be sent again", async () => {
    await page.goto(`${base}/settings`);
    await page.getByLabel("Client").fill("Halvorsen Logistics");
    await page.route("**/settings", (route) => (route.request().method() === "POST" ? route.abort("connectionrefused") : route.continue()));
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect(page.getByRole("alert").filter({ hasText: /\w/ }).first()).toBeVisible();
    await expect(page.getByLabel("Client")).toHaveValue("Halvorsen Logistics");
    await page.unroute("**/settings");
    await page.getByRole("button", { name: /^Save/ }).click();
    await expect
      .poll(async () => (await getDb().workspace.findUniqueOrThrow({ where: { id: workspace.workspaceId } })).clientName)
      .toBe("Halvorsen Logistics");
  });

  await test.step("a page says what failed, and can be tried again", async () => {
    await getDb().$executeRaw`ALTER TABLE policy_versions RENAME TO policy_versions_away`;
    try {
      await page.goto(`${base}/actions`);
      await expect(page.getByText("Nothing was changed", { exact: false })).toBeVisible();
    } finally {
      await getDb().$executeRaw`ALTER TABLE policy_versions_away RENAME TO policy_versions`;
    }
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("main").getByText("refund").first()).toBeVisible();
  });
});
