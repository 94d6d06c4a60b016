import { expect, type Locator, type Page } from "@playwright/test";

/** A workspace's overview. */
export class OverviewPage {
  constructor(
    readonly page: Page,
    private readonly workspaceId: string,
  ) {}

  async open(query = ""): Promise<void> {
    await this.page.goto(`/workspaces/${this.workspaceId}${query}`);
  }

  /** One of the six counts, with its note. */
  count(name: "Pending approval" | "Allowed" | "Approved" | "Rejected" | "Blocked" | "In doubt"): Locator {
    return this.page
      .getByRole("region", { name: /^Counts/ })
      .locator("> div")
      .filter({ hasText: name });
  }

  async expectCount(name: Parameters<OverviewPage["count"]>[0], value: number): Promise<void> {
    await expect(this.count(name).getByText(String(value), { exact: true })).toBeVisible();
  }

  get chart(): Locator {
    return this.page.getByRole("img", { name: /^Runs by/ });
  }

  get table(): Locator {
    return this.page.getByRole("region", { name: /as a table$/ }).getByRole("table");
  }
}
