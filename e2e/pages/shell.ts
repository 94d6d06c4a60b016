import type { Page } from "@playwright/test";

/** What stands around every page of the console. */
export class Shell {
  constructor(private readonly page: Page) {}

  link(name: string) {
    return this.page.getByRole("link", { name, exact: true });
  }

  get breadcrumbs() {
    return this.page.getByRole("navigation", { name: "Breadcrumbs" });
  }

  get palette() {
    return this.page.getByRole("dialog", { name: "Search or jump to…" });
  }

  /** By keyboard, as those who use it do. */
  async jumpTo(text: string) {
    await this.page.keyboard.press("Control+k");
    await this.palette.getByRole("combobox").fill(text);
  }

  async openMenu() {
    await this.page.getByRole("button", { name: "Open menu" }).click();
    return this.page.getByRole("dialog", { name: "Menu" });
  }

  async chooseInAccountMenu(name: string) {
    await this.page.getByRole("button", { name: /^Your account/ }).click();
    await this.page.getByRole("menu").getByText(name, { exact: true }).click();
  }
}
