import type { Download, Locator, Page } from "@playwright/test";
import { expect } from "@/e2e/fixtures";

/** The page of runs of one workspace. */
export class RunsPage {
  readonly table: Locator;

  constructor(
    private readonly page: Page,
    private readonly workspaceId: string,
  ) {
    this.table = page.getByRole("table");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/workspaces/${this.workspaceId}/runs${query}`);
  }

  row(text: string | RegExp): Locator {
    return this.table.getByRole("row").filter({ hasText: text });
  }

  /** Rows of runs: all but the head. */
  async expectRows(count: number): Promise<void> {
    await expect(this.table.getByRole("row")).toHaveCount(count + 1);
  }

  async filter(label: string, option: string): Promise<void> {
    await this.page.getByRole("button", { name: label, exact: true }).click();
    await this.page.getByRole("dialog", { name: label }).getByText(option, { exact: true }).click();
    await this.page.keyboard.press("Escape");
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole("searchbox", { name: "Search in runs" }).fill(text);
  }

  async export(format: string): Promise<Download> {
    await this.page.getByRole("button", { name: "Export" }).click();
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("menuitem", { name: format }).click();
    return download;
  }
}
