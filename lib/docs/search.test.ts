import MiniSearch from "minisearch";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "@/lib/contract/openapi";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { ERROR_CODE_NAMES } from "@/lib/domain/refusals/error-codes";
import { GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { apiOperations } from "./api-operations";
import { apiWebhooks } from "./api-webhooks";
import { searchEntries } from "./search-entries";
import { excerptOf, partsOf } from "./search-excerpt";
import { SEARCH_OPTIONS, type SearchEntry } from "./search-options";
import { settingTexts } from "./setting-texts";

const entries = searchEntries({
  pages: [
    [
      "receipts",
      [
        { id: "", depth: 1, title: "", text: "A receipt is a record." },
        { id: "six-questions", depth: 2, title: "Six questions", text: "What was proposed?" },
      ],
    ],
  ],
  operations: apiOperations(openApiDocument("https://console.example.com")),
  webhooks: apiWebhooks(openApiDocument("https://console.example.com")),
  settings: settingTexts(),
});

const made = new MiniSearch<SearchEntry>(SEARCH_OPTIONS);
made.addAll(entries);
// As the browser gets it.
const index = MiniSearch.loadJSON<SearchEntry>(JSON.stringify(made), SEARCH_OPTIONS);

function search(query: string): string[] {
  return index.search(query).map((hit) => String(hit.id));
}

const isReason = (word: string) => GOVERNANCE_REASONS.some((reason) => reason === word);

describe("the search", () => {
  it("has each place once", () => {
    expect(new Set(entries.map(({ href }) => href)).size).toBe(entries.length);
  });

  it("finds every error code and every status by its name, first", () => {
    for (const code of ERROR_CODE_NAMES) {
      // A code that is also a run's reason is found as both.
      const first = search(code).filter((href) => !(isReason(code) && href === `/docs/approval-flow#${code}`))[0];
      expect(first, code).toBe(`/docs/errors#${code}`);
    }
    for (const status of GOVERNANCE_STATUSES) expect(search(status), status).toContain(`/docs/approval-flow#${status}`);
  });

  it.each([
    ["payload large", "/docs/errors#payload_too_large"],
    ["six quest", "/docs/receipts#six-questions"],
    ["recipt", "/docs/receipts"],
    ["DAAI_PUBLIC_URL", "/docs/self-hosting#DAAI_PUBLIC_URL"],
    ["claim a run", "/docs/api#claim-run"],
    ["TestWebhook", "/docs/api#test-webhook"],
  ])("finds %s", (query, href) => {
    expect(search(query)).toContain(href);
  });

  it("shows the piece that was looked for", () => {
    const text = `${"before ".repeat(20)}the needle is here ${"after ".repeat(40)}`;
    expect(excerptOf(text, "needle")).toMatch(/^… .*needle is here.* …$/);
    expect(excerptOf("short", "nothing")).toBe("short");
    expect(partsOf("A (b) c", "(b")).toEqual([
      { text: "A ", isMatch: false },
      { text: "(b", isMatch: true },
      { text: ") c", isMatch: false },
    ]);
  });
});
