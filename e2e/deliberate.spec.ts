import type { Page } from "@playwright/test";
import { ApprovalsPage } from "@/e2e/pages/approvals-page";
import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";

const APPROVERS = ["somebody@example.com"];
const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
const pendingOf = (ids: readonly string[]) =>
  getDb().actionRun.count({ where: { id: { in: [...ids] }, governanceStatus: "pending_approval" } });

/** Runs of an action without a sentence, an amount or a recipient: only the payload tells them apart. */
async function deletions(
  workspace: TestWorkspace,
  payloads: readonly object[],
  riskLevel: "high" | "critical" = "high",
): Promise<string[]> {
  await makeAction(workspace, { name: "delete_record", title: "Delete record", riskLevel, sentence: null, approverEmails: APPROVERS });
  const ids: string[] = [];
  for (const payload of payloads)
    ids.push((await proposeOk(workspace, { action: "delete_record", payload: { ...payload } })).action_run_id);
  return ids;
}

const contacts = (count: number) => Array.from({ length: count }, (_, index) => ({ table: "contacts", id: `c${index + 1}` }));

/** The reader's clock stands still: nobody has looked at what has just come. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
}

test("no text that is typed decides: after R it is the comment, elsewhere it is nothing", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const [first = "", second = ""] = await deletions(workspace, contacts(2));
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open(`?run=${first}`);
  await approvals.expectOpen("delete record");

  // As someone types who believes to be in a field.
  await page.keyboard.type("Already paid, so no a b r\n", { delay: 20 });
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect(approvals.answer("Approve")).not.toBeFocused();
  expect(await pendingOf([first, second])).toBe(2);

  await page.reload();
  await approvals.expectOpen("delete record");
  await page.keyboard.type("rPaid as agreed already, so no", { delay: 20 });
  await expect(approvals.comment).toBeFocused();
  await expect(approvals.comment).toHaveValue("Paid as agreed already, so no");
  expect(await pendingOf([first, second])).toBe(2);
  await page.keyboard.press("Control+Enter");
  await approvals.expectSaid("Rejected: Delete record");
  expect(await runOf(first)).toMatchObject({ governanceStatus: "rejected", decisionComment: "Paid as agreed already, so no" });

  // What is armed is disarmed by the space bar and by every letter.
  await approvals.expectOpen("delete record");
  for (const key of ["Space", "y", "b", "j"]) {
    await page.reload();
    await approvals.expectOpen("delete record");
    await page.keyboard.press("a");
    await expect(approvals.answer("Approve")).toBeFocused();
    await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await expect(approvals.answer("Approve")).not.toBeFocused();
  }
  expect(await pendingOf([second])).toBe(1);
});

test("two clicks, and keys that are held down, decide one run: the next one must have been seen first", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const ids = await deletions(workspace, contacts(3));
  await signIn(page, workspace.owner);
  await page.clock.install();
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await approvals.expectOpen("delete record");
  const box = await approvals.answer("Approve").boundingBox();
  const click = () => page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
  await stopClock(page);
  await click();
  // Its time goes on only a little at a time, until the next card is there.
  const tick = async () => {
    await page.clock.runFor(50);
    return [await approvals.rows.count(), await approvals.card.getAttribute("aria-busy")];
  };
  await expect.poll(tick, { intervals: [50] }).toEqual([2, "false"]);
  expect(await pendingOf(ids)).toBe(2);
  await expect(approvals.answer("Approve")).toBeDisabled();
  await click();
  await page.clock.runFor(400);
  await click();
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  expect(await pendingOf(ids)).toBe(2);

  // When the moment begins depends on when the card is there to be seen: its time goes on a little at a time until it has passed.
  await expect
    .poll(
      async () => {
        await page.clock.runFor(200);
        return approvals.answer("Approve").isEnabled();
      },
      { intervals: [50] },
    )
    .toBe(true);
  await page.reload();
  await page.clock.resume();
  await approvals.expectOpen("delete record");
  await page.keyboard.press("a");
  await expect(approvals.answer("Approve")).toBeFocused();
  for (let repeat = 0; repeat < 20; repeat++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect.poll(() => pendingOf(ids)).toBe(1);
  await expect(approvals.rows).toHaveCount(1);
  await approvals.expectOpen("delete record");
  expect(await pendingOf(ids)).toBe(1);
});

test("several runs are told apart in every list, and what is critical among them takes a checkbox", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const ids = await deletions(workspace, [...contacts(3), { table: "contacts", id: "c3", note: "x\u202egnp.exe" }], "critical");
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open();
  await expect(approvals.rows).toContainText([
    "table: contacts, id: c1",
    "table: contacts, id: c2",
    "table: contacts, id: c3",
    "table: contacts, id: c3",
  ]);
  // Those that read the same say their ids, and only those.
  for (const [index, id] of ids.entries()) {
    const row = approvals.rows.and(page.locator(`[data-run="${id}"]`));
    if (index < 2) await expect(row).not.toContainText(id.slice(-4));
    else await expect(row).toContainText(id.slice(-4));
  }
  await expectAccessible(page);

  await approvals.queue.getByRole("checkbox", { name: "Select all shown" }).check();
  await approvals.queue.getByRole("button", { name: "Review and approve 4…" }).click();
  await expect(approvals.dialog.getByRole("listitem")).toContainText([/id: c1/, /id: c2/, /id: c3/, /id: c3/]);
  await expect(approvals.dialog.getByRole("button", { name: "Approve 4" })).toBeDisabled();
  await page.keyboard.press("Enter");
  expect(await pendingOf(ids)).toBe(4);
  await approvals.open();
  await approvals.queue.getByRole("checkbox", { name: "Select all shown" }).check();
  await approvals.queue.getByRole("button", { name: "Review and approve 4…" }).click();
  await approvals.dialog.getByRole("checkbox", { name: "I have checked the 4 critical runs" }).check();
  await expectAccessible(page);
  await approvals.dialog.getByRole("button", { name: "Approve 4" }).click();
  await expect(approvals.dialog.getByRole("heading", { name: "Approved 4 of 4 runs" })).toBeVisible();
  expect(await pendingOf(ids)).toBe(0);
});

test("home and the palette show what a run is about, with characters that do not show made visible", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  await deletions(workspace, [{ file: "\u05e9\u05dc\u05d5\u05dd \u202egnp.exe\u202c" }, { file: "b" }]);
  await signIn(page, workspace.owner);
  await page.goto("/home");
  const waiting = page.getByRole("region", { name: "Waiting for you" });
  await expect(waiting.getByRole("listitem")).toContainText([/file: .*U\+202E/, /file: b/]);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("delete_record");
  const found = page.getByRole("option").filter({ hasText: "file:" });
  await expect(found).toHaveCount(2);
  await expect(found.filter({ hasText: "U+202E" })).toHaveCount(1);
  expect(await page.getByRole("dialog").innerText()).not.toMatch(/[\u202a-\u202e]/);
});

test("a decision that does not arrive keeps page and comment, as do a step to the next run and a reload", async ({
  world,
  signIn,
  page,
  watch,
}) => {
  watch.allow(/^failed/, /^console error: Failed to load resource/);
  const workspace = await world.workspace();
  const ids = await deletions(workspace, contacts(2));
  await signIn(page, workspace.owner);
  const approvals = new ApprovalsPage(page);
  await approvals.open(`?run=${ids[0]}`);
  await approvals.expectOpen("delete record");
  await approvals.comment.fill("Not this month.");
  await page.context().setOffline(true);
  await approvals.answer("Reject").click();
  await expect(approvals.answers.getByRole("alert")).toContainText("Decision not confirmed. Try again.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await approvals.expectSaid("The console couldn’t be reached.");
  await expect(approvals.comment).toHaveValue("Not this month.");
  await page.context().setOffline(false);
  // As after a connection that dropped during a refresh: the browser gives up the page then.
  await page.reload();
  await expect(approvals.comment).toHaveValue("Not this month.");
  await approvals.answer("Reject").click();
  await approvals.expectSaid("Rejected: Delete record");
  await expect(approvals.comment).toHaveValue("");
  expect(await runOf(ids[0] ?? "")).toMatchObject({ governanceStatus: "rejected", decisionComment: "Not this month." });
});

test("time left is the server's, on a computer whose clock is wrong", async ({ world, signIn, page }) => {
  const workspace = await world.workspace();
  const [runId = ""] = await deletions(workspace, contacts(1));
  const expiresAt = (await runOf(runId)).expiresAt?.getTime() ?? 0;
  await signIn(page, workspace.owner);
  // Two days late: more than there is to decide.
  await page.clock.install({ time: new Date(expiresAt + 2 * 86_400_000) });
  const approvals = new ApprovalsPage(page);
  await approvals.open(`?run=${runId}`);
  await approvals.expectOpen("delete record");
  await page.clock.runFor(30_000);
  await expect(approvals.rows).toContainText([/2[34] h/]);
  await expect(approvals.card.getByText(/^2[34] h/)).toBeVisible();
  await expect(page.getByText("no time")).toHaveCount(0);
});
