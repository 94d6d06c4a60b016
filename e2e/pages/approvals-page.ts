import { expect, type Locator, type Page } from "@playwright/test";

/** The queue of what waits for the reader, and the card of the run that is open. */
export class ApprovalsPage {
  constructor(readonly page: Page) {}

  async open(query = ""): Promise<void> {
    await this.page.goto(`/approvals${query}`);
    // Its own keys work from here on.
    await expect(this.page.getByRole("navigation", { name: "Breadcrumbs" })).toBeVisible();
  }

  get queue(): Locator {
    return this.page.getByRole("region", { name: "Approval queue" });
  }

  get rows(): Locator {
    return this.queue.locator("[data-run]");
  }

  get card(): Locator {
    return this.page.getByRole("article");
  }

  get answers(): Locator {
    return this.page.getByRole("region", { name: "Your decision" });
  }

  answer(name: "Approve" | "Reject" | "Block"): Locator {
    return this.answers.getByRole("button", { name: new RegExp(`^${name}…?$`) });
  }

  get comment(): Locator {
    return this.answers.getByRole("textbox");
  }

  /** The second step of an approval that is critical. */
  async confirm(): Promise<void> {
    await this.dialog.getByRole("checkbox", { name: /^I have checked/ }).check();
    await this.dialog.getByRole("button", { name: /^Approve/ }).click();
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** The card of the run with that in its heading is open, and can be answered. */
  async expectOpen(text: string): Promise<void> {
    await expect(this.card.getByRole("heading", { level: 2 })).toContainText(text);
    await expect(this.card).toHaveAttribute("aria-busy", "false");
    // Buttons are disabled for a moment after the card has changed.
    if ((await this.answers.count()) > 0) await expect(this.answer("Block")).toBeEnabled();
  }

  async expectSaid(text: string | RegExp): Promise<void> {
    await expect(
      this.page
        .getByRole("region", { name: /^Messages/ })
        .getByText(text)
        .first(),
    ).toBeVisible();
  }
}
