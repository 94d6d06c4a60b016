import type { Locator, Page } from "@playwright/test";

/** The form in which an action is registered or changed, with the sample that is tried beside it. */
export class ActionFormPage {
  readonly title: Locator;
  readonly name: Locator;
  readonly threshold: Locator;
  readonly currency: Locator;
  readonly approvers: Locator;
  readonly sentence: Locator;
  readonly sample: Locator;
  readonly verdict: Locator;
  readonly register: Locator;
  readonly save: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("textbox", { name: "Title" });
    this.name = page.getByRole("textbox", { name: "Name", exact: true });
    this.threshold = page.getByRole("textbox", { name: "Threshold" });
    this.currency = page.getByRole("textbox", { name: "Currency optional", exact: true });
    this.approvers = page.getByRole("textbox", { name: "Approvers" });
    this.sentence = page.getByRole("textbox", { name: /^Sentence/ });
    this.sample = page.getByRole("textbox", { name: "Sample payload, as JSON" });
    this.verdict = page.getByRole("region", { name: "Try it" }).getByRole("status");
    this.register = page.getByRole("button", { name: "Register action" });
    this.save = page.getByRole("button", { name: "Save changes" });
  }

  async openNew(workspaceId: string): Promise<void> {
    await this.page.goto(`/workspaces/${workspaceId}/actions/new`);
  }

  async openEdit(workspaceId: string, name: string): Promise<void> {
    await this.page.goto(`/workspaces/${workspaceId}/actions/${name}/edit`);
  }

  /** Answers the three questions and takes the policy that is proposed. */
  async takeProposal(answers: { undo: string; askAbove: string; reach: string }): Promise<void> {
    await this.page.getByRole("button", { name: "Suggest a policy…" }).click();
    const dialog = this.page.getByRole("dialog");
    await dialog
      .getByRole("group", { name: /undone/ })
      .getByRole("radio", { name: answers.undo })
      .check();
    await dialog
      .getByRole("group", { name: /move money/ })
      .getByRole("radio", { name: "Yes" })
      .check();
    await dialog.getByRole("textbox", { name: /Above which amount/ }).fill(answers.askAbove);
    await dialog
      .getByRole("group", { name: /outside/ })
      .getByRole("radio", { name: answers.reach })
      .check();
    await dialog.getByRole("button", { name: "Use this policy" }).click();
  }
}
