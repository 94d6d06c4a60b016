import type { Locator, Page } from "@playwright/test";

/** Any page of the documentation. */
export class DocsPage {
  readonly contents: Locator;
  readonly navigation: Locator;
  readonly search: Locator;

  constructor(readonly page: Page) {
    this.contents = page.getByRole("navigation", { name: "On this page" });
    this.navigation = page.getByRole("navigation", { name: "Documentation" });
    this.search = page.getByRole("dialog", { name: "Search the documentation" });
  }

  async open(path = ""): Promise<void> {
    await this.page.goto(`/docs${path}`);
    await this.page.getByRole("heading", { level: 1 }).waitFor();
  }

  title(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** The code block with that title. */
  code(title: string): Locator {
    return this.page.locator("figure").filter({ has: this.page.locator("figcaption", { hasText: title }) });
  }

  /** Opens the search by its key, types, and waits for what is found. */
  async find(words: string): Promise<Locator> {
    await this.page.keyboard.press("Control+k");
    await this.search.getByRole("combobox").fill(words);
    const hits = this.search.getByRole("option");
    await hits.first().waitFor();
    return hits;
  }
}
