import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { DocsPage } from "@/e2e/pages/docs-page";
import { RunsPage } from "@/e2e/pages/runs-page";
import { Shell } from "@/e2e/pages/shell";
import { SignInPage } from "@/e2e/pages/sign-in-page";
import { openVerify } from "@/e2e/pages/verify-page";
import { getDb } from "@/lib/db/client";
import { PAYLOAD_MAX_BYTES } from "@/lib/domain/access/limits";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { expectOk, type TestWorkspace } from "@/lib/testing/factories";
import type { TestServer } from "@/lib/testing/test-server";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";
import { makePageThings } from "./page-things";
import { pay, refund, runOf, withActions } from "./pending-requests";
import { behindProxy, documentedSettings, PROXY_NAMES } from "./proxies";

const BASE = "/console";
test.use({ basePath: BASE, isProxied: true });

const ports = (daai: TestServer) => ({ port: Number(new URL(daai.url).port), consolePort: daai.port });

/** What the page asks of the host for that isn't below the path. */
function watchStrays(page: Page): string[] {
  const strays: string[] = [];
  page.context().on("request", (request) => {
    const { pathname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && pathname !== BASE && !pathname.startsWith(`${BASE}/`)) strays.push(request.url());
  });
  return strays;
}

test("below a path, through nginx, people sign in, decide, follow what happens, download, read and leave", async ({
  page,
  world,
  daai,
}) => {
  const strays = watchStrays(page);
  const workspace = await world.workspace();
  await withActions(workspace);
  await refund(workspace, "20.00");
  await behindProxy("nginx", documentedSettings("nginx").path, ports(daai), async () => {
    await page.goto("/");
    await expect(page).toHaveURL(`${daai.url}/`);
    await page.getByRole("link", { name: "Sign in" }).first().click();
    const signIn = new SignInPage(page);
    await signIn.signIn(workspace.owner.email, workspace.owner.password);
    await expect(page).toHaveURL(new RegExp(`^${daai.url}/(home|workspaces/)`));

    // Live: what is proposed elsewhere appears, and a server action answers it.
    const approvals = new ApprovalsPage(page);
    await approvals.open();
    await expect(approvals.rows).toHaveCount(1);
    const live = await refund(workspace, "31.00", "Sonnenblume");
    await expect(approvals.rows).toHaveCount(2);
    await approvals.rows.filter({ hasText: "Sonnenblume" }).click();
    await approvals.expectOpen("31.00");
    await approvals.answer("Approve").click();
    await approvals.expectSaid("Approved: Refund");
    expect(await runOf(live)).toMatchObject({ governanceStatus: "approved" });

    const runs = new RunsPage(page, workspace.workspaceId);
    await runs.open();
    await runs.search("sonnenblume");
    await runs.expectRows(1);
    await expect(page).toHaveURL(new RegExp(`^${daai.url}/workspaces/[0-9a-f-]+/runs\\?q=sonnenblume`));
    expect(readFileSync(await (await runs.export("As CSV")).path(), "utf8")).toContain("Sonnenblume");

    await page.getByRole("button", { name: /^Your account/ }).click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    const cookies = await page.context().cookies();
    // Not the name that a console of the whole host has.
    expect(cookies.map(({ name }) => name)).toContain("daai.console.session-token");
    expect(new Set(cookies.map(({ path }) => path))).toEqual(new Set([BASE]));
    await page.keyboard.press("Escape");
    await new Shell(page).chooseInAccountMenu("Sign out");
    await expect(page).toHaveURL(`${daai.url}/sign-in`);
    await page.goto("/approvals");
    await expect(page).toHaveURL(`${daai.url}/sign-in?next=%2Fapprovals`);
  });
  expect(strays).toEqual([]);
});

test("below a path, what a visitor needs is there: a decision by mail, a shared receipt, the verifier, the documentation", async ({
  page,
  world,
  daai,
}) => {
  const strays = watchStrays(page);
  const workspace = await world.workspace();
  await withActions(workspace);
  const runId = await pay(workspace, "640.00");
  const { text } = await keptMail(runId, "somebody@example.com");
  const [link = ""] = /https?:\/\/\S+\/decide\/\S+/.exec(text) ?? [];
  expect(link.startsWith(`${daai.url}/decide/`)).toBe(true);
  await behindProxy("caddy", documentedSettings("caddy").path, ports(daai), async () => {
    await page.goto(link);
    await page.getByRole("link", { name: "Approve…" }).click();
    await page.getByRole("checkbox").check();
    await page.getByRole("button", { name: /^Approve/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "You approved this action" })).toBeVisible();
    await expect.poll(async () => (await getDb().approvalRequest.findFirst({ where: { runId } }))?.openedAt).toBeTruthy();

    const { id: receiptId } = await getDb().receipt.findFirstOrThrow({ where: { runId, kind: "decision" } });
    await page.goto(expectOk(await shareReceipt(workspace.ctx, { receiptId, payload: "disclosed", endsAfter: "never" })).url);
    await expect(page.getByText("Verified in this browser")).toBeVisible();
    await openVerify(page);

    const docs = new DocsPage(page);
    await docs.open();
    await docs.navigation.getByRole("link", { name: "Quickstart" }).click();
    await expect(page).toHaveURL(`${daai.url}/docs/quickstart`);
    const hits = await docs.find("payload_too_large");
    await expect(hits.first()).toContainText("payload_too_large");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${daai.url}/docs/errors#payload_too_large`);
    const openapi = (await (await page.request.get(`${daai.url}/api/openapi.json`)).json()) as { servers: unknown };
    expect(openapi.servers).toEqual([{ url: `${daai.url}/api` }]);
    await page.goto("/packages");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /\.whl$/ }).click()]);
    expect(new URL(file.url()).pathname).toMatch(/^\/console\/packages\/daai_python-/);
  });
  expect(strays).toEqual([]);
});

test("below a path, no page has an address outside of it", async ({ page, world, signIn, daai }) => {
  await behindProxy("haproxy", documentedSettings("haproxy").path, ports(daai), async () => {
    const { things, owner, morePages } = await makePageThings(world);
    const rows = Object.values(PAGE_ROWS);
    const strays: string[] = [];
    const look = async (path: string) => {
      const answer = await page.request.get(`${daai.url}${path}`);
      expect([path, answer.status()]).toEqual([path, 200]);
      expect(answer.headers()["content-security-policy"], path).toContain("nonce-");
      const html = (await answer.text()).replaceAll(/<script\b[^>]*>[^]*?<\/script>/g, (script) =>
        script.slice(0, script.indexOf(">") + 1),
      );
      const addresses = [...html.matchAll(/\s(?:href|src|action|content)="(\/[^"]*)"/g)].map(([, address = ""]) => address);
      expect(addresses.length).toBeGreaterThan(0);
      strays.push(
        ...addresses
          .filter((address) => address !== BASE && !/^\/console(?!\/console\b)[/?#]/.test(address))
          .map((address) => `${path}: ${address}`),
      );
      const whole = [...html.matchAll(/(?:rel="canonical" href|property="og:image" content)="([^"]*)"/g)].map(
        ([, address = ""]) => address,
      );
      strays.push(
        ...whole.filter((address) => address !== daai.url && !address.startsWith(`${daai.url}/`)).map((address) => `${path}: ${address}`),
      );
    };
    for (const { path } of rows.filter(({ who }) => who === "anybody")) await look(path(things));
    await signIn(page, owner);
    for (const path of [...rows.map(({ path }) => path(things)), ...Object.values(morePages.signedIn)]) await look(path);
    expect(strays).toEqual([]);
    const image = /property="og:image" content="([^"]*)"/.exec(await (await page.request.get(daai.url)).text())?.[1] ?? "";
    expect([image.startsWith(`${daai.url}/opengraph-image`), (await page.request.get(image)).status()]).toEqual([true, 200]);
  });
});

test("every proxy as documented serves live pages, the largest payload and a large export, on a host and below a path", async ({
  page,
  world,
  signIn,
  daai,
}) => {
  const workspace = await world.workspace();
  await withActions(workspace);
  const approvals = new ApprovalsPage(page);
  for (const proxy of PROXY_NAMES) {
    for (const [place, settings] of Object.entries(documentedSettings(proxy))) {
      await test.step(`${proxy}, ${place}`, () =>
        behindProxy(proxy, settings, ports(daai), async () => {
          // nginx sends the path without a slash to the one with it, where the console must not send it back.
          for (const address of [daai.url, `${daai.url}/`]) {
            const start = await page.request.get(address);
            expect([start.status(), new URL(start.url()).pathname.replace(/\/$/, "")]).toEqual([200, BASE]);
          }
          await signIn(page, workspace.owner);
          await approvals.open();
          const before = await getDb().actionRun.count({ where: { workspaceId: workspace.workspaceId } });
          await expect(approvals.rows).toHaveCount(before);
          for (let run = 1; run <= LARGE_RUNS; run++) expect(await propose(page, daai, workspace, `${before + run}.00`)).toBe(200);
          await expect(approvals.rows).toHaveCount(before + LARGE_RUNS);
          const exported = await page.request.get(`${daai.url}/workspaces/${workspace.workspaceId}/runs/export?format=json`);
          expect((await exported.body()).length).toBeGreaterThan((before + LARGE_RUNS) * LARGE_NOTE.length);
          expect(await exported.json()).toHaveLength(before + LARGE_RUNS);
          // Its stream ends with the proxy.
          await page.goto("about:blank");
        }));
    }
  }
});

/** Together more than any proxy holds back. */
const LARGE_RUNS = 6;
const LARGE_NOTE = "x".repeat(PAYLOAD_MAX_BYTES - 100);

async function propose(page: Page, daai: TestServer, { apiKey, workspaceKey }: TestWorkspace, amount: string): Promise<number> {
  const answer = await page.request.post(`${daai.url}/api/v1/sdk/intercept`, {
    headers: { Authorization: `Bearer ${apiKey}`, "X-DAAI-Workspace-Key": workspaceKey },
    data: {
      action: "refund",
      actor: "support_agent",
      payload: { amount, currency: "EUR", customer: "Nordlicht", note: LARGE_NOTE },
    },
  });
  return answer.status();
}
