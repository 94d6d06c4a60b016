import type { Page } from "@playwright/test";
import { makeAction, proposeOk } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { INJECTED_ACTION, INJECTED_HOST, INJECTIONS, injectedProposal } from "@/lib/testing/injection-corpus";
import { expect, test } from "./fixtures";
import { keptMail } from "./mailbox";

/** Everywhere in the mail and on the decide page; in the console, the worst ones unless everything is to be proven. */
const IN_CONSOLE = new Set(INJECTIONS.filter((_, place) => proofSize(place % 5, 0) === 0).map(({ name }) => name));

/** What an injected text would have made of itself. */
async function expectInert(page: Page, own: RegExp): Promise<void> {
  const found = await page.evaluate((host) => {
    const leadsThere = (address: string) => {
      const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
      // A search for what was proposed is a question to the console itself.
      return (url?.origin === window.location.origin ? url.pathname + url.hash : address).includes(host);
    };
    return {
      ran: "daaiInjected" in window,
      addressed: [...document.querySelectorAll("[href], [src], [action], [srcset], [background], [srcdoc]")].filter((element) =>
        ["href", "src", "action", "srcset", "background", "srcdoc"].some(
          (name) =>
            /javascript:|data:text|vbscript:/i.test(element.getAttribute(name) ?? "") || leadsThere(element.getAttribute(name) ?? ""),
        ),
      ).length,
      handlers: [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some(({ name, value }) => name.startsWith("on") && value.includes("daaiInjected")),
      ).length,
      links: [...document.querySelectorAll("a[href]")].map((link) => (link as HTMLAnchorElement).href),
      images: document.images.length,
      frames: document.querySelectorAll("iframe, object, embed").length,
    };
  }, INJECTED_HOST);
  expect({ ...found, links: found.links.filter((href) => !own.test(href)) }).toEqual({
    ran: false,
    addressed: 0,
    handlers: 0,
    links: [],
    images: 0,
    frames: 0,
  });
}

test("what an agent writes is shown as data everywhere, marked, and never active", async ({ world, signIn, page, daai }) => {
  test.setTimeout(proofSize(400_000, 900_000));
  // Names that people gave are shown to others like the agent's words. Those that hide something cannot be given.
  const workspace = await world.workspace({
    name: `"><img src=https://${INJECTED_HOST}/x.png onerror="window.daaiInjected=1"> www.${INJECTED_HOST}`,
    clientName: `bank.${INJECTED_HOST}/verify https://${INJECTED_HOST}`,
  });
  await makeAction(workspace, { name: "pay", title: "Pay", approverEmails: ["ann@example.com"], ...INJECTED_ACTION });
  const troubles: string[] = [];
  page.on("dialog", (dialog) => {
    troubles.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(daai.url) && !/^(?:about|data|blob):/.test(request.url())) troubles.push(`request ${request.url()}`);
  });
  const own = new RegExp(`^${daai.url}/`);
  const runs: { runId: string; name: string; warning: string | null }[] = [];
  for (const { name, text, warning } of INJECTIONS)
    runs.push({ name, warning, runId: (await proposeOk(workspace, { action: "pay", ...injectedProposal(text) })).action_run_id });

  for (const { runId, name, warning } of runs) {
    await test.step(name, async () => {
      const mail = await keptMail(runId, "ann@example.com");
      expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(mail.toEmail).toBe("ann@example.com");
      expect(mail.text.match(/\b\w+:\/\/\S+/g)).toEqual([expect.stringMatching(own)]);
      expect(mail.text).not.toMatch(/\bwww\.|\.\w+\/verify/);
      await page.goto("about:blank");
      await page.setContent(mail.html);
      await expectInert(page, own);
      await expect(page.getByRole("link")).toHaveCount(1);
      if (warning !== null) {
        await expect(page.getByText(warning).first()).toBeVisible();
        expect(mail.text).toContain(warning);
      }
      await page.goto((await page.getByRole("link").getAttribute("href")) ?? "");
      await expect(page.getByRole("link", { name: "Reject…" })).toBeVisible();
      await expectInert(page, own);
      if (warning !== null) await expect(page.getByText(warning).first()).toBeVisible();
    });
  }

  await signIn(page, workspace.owner);
  for (const { runId, name, warning } of runs.filter((run) => IN_CONSOLE.has(run.name))) {
    await test.step(`${name}, in the console`, async () => {
      for (const path of [`/approvals?run=${runId}`, `/workspaces/${workspace.workspaceId}/runs/${runId}`]) {
        await page.goto(path);
        await expect(page.getByText("wants to").filter({ visible: true }).first()).toBeVisible();
        await expectInert(page, own);
        if (warning !== null) await expect(page.getByText(warning).filter({ visible: true }).first()).toBeVisible();
      }
    });
  }
  await test.step("in the palette", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("pay");
    await expect(page.getByRole("group", { name: "Runs" }).getByRole("option").nth(1)).toBeVisible();
    expect(await page.getByRole("dialog").innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  });
  expect(troubles).toEqual([]);
});
