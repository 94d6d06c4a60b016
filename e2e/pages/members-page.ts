import type { Page } from "@playwright/test";

export class MembersPage {
  constructor(
    readonly page: Page,
    readonly workspaceId: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/workspaces/${this.workspaceId}/members`);
  }

  row(email: string) {
    return this.page.getByRole("row").filter({ hasText: email });
  }

  async invite(email: string, role: string): Promise<void> {
    await this.page.getByRole("button", { name: "Invite someone" }).first().click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Email").fill(email);
    await dialog.getByRole("radio", { name: role }).check();
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  }

  async choose(email: string, action: string): Promise<void> {
    await this.row(email)
      .getByRole("button", { name: /^Options for/ })
      .click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }
}
