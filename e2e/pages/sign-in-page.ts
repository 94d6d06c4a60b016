import type { Page } from "@playwright/test";

/** The sign-in page. */
export class SignInPage {
  readonly email;
  readonly password;

  constructor(readonly page: Page) {
    this.email = page.getByLabel("Email");
    this.password = page.getByLabel("Password", { exact: true });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/sign-in${query}`);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async mailLink(email: string): Promise<void> {
    await this.email.fill(email);
    await this.page.getByRole("button", { name: "Email me a sign-in link" }).click();
  }
}
