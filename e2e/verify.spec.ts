import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";
import { openVerify } from "./pages/verify-page";

interface Vectors {
  keys: string[];
  cases: { name: string; problem: string | null; content: string; kept: string[] }[];
}

/** The same file that the other verifiers' tests read. */
const { keys, cases } = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as Vectors;

test("the browser finds every kind of tampering, offline, and nothing wrong with what is right", async ({ page }) => {
  test.slow();
  await openVerify(page);
  await page.context().setOffline(true);
  await page.getByLabel("Keys you trust").fill(keys.join("\n"));
  for (const [at, { problem, content, kept }] of cases.entries()) {
    const name = `case-${at}.${content.startsWith("ey") ? "json" : "tar"}`;
    await page.getByLabel("Checkpoints you kept").fill(kept.join("\n"));
    await page
      .getByLabel("Drop a receipt here")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content, "base64") });
    const verdict = page
      .getByRole("main")
      .getByRole(problem === null ? "status" : "alert")
      .filter({ hasText: name });
    await expect(verdict).toContainText(problem === null ? "Verified." : "Verification failed.");
    if (problem !== null) await expect(verdict).toContainText(problem);
  }
  // Beside the page, which goes on answering whatever a file makes of the check.
  expect(page.workers()).toHaveLength(1);
});

test("incomplete keys and checkpoints are reported as such", async ({ page }) => {
  const [{ content }] = cases as [Vectors["cases"][number]];
  const choose = () =>
    page
      .getByLabel("Drop a receipt here")
      .setInputFiles({ name: "receipt.json", mimeType: "application/json", buffer: Buffer.from(content, "base64") });
  await page.goto("/verify");
  await page.getByLabel("Keys you trust").fill(keys[0]?.slice(0, -8) ?? "");
  await choose();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This isn’t a complete verifier key");
  await page.getByLabel("Keys you trust").fill(keys[1] ?? "");
  await choose();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("none of the keys you trust");
});
