import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { ERROR_CODE_NAMES, ERROR_CODES } from "@/lib/domain/refusals/error-codes";
import type { ApiOperation } from "./api-operations";
import type { ApiWebhooks } from "./api-webhooks";
import { type DocSlug, docPath, requireDocPage } from "./doc-pages";
import type { DocSection } from "./doc-section";
import { LIMIT_ROWS, number, SIZE_ROWS } from "./limit-texts";
import { POLICY_TEXTS } from "./policy-texts";
import type { SearchEntry } from "./search-options";
import type { SettingGroup } from "./setting-texts";
import { EXECUTION_MEANINGS, GOVERNANCE_MEANINGS, REASON_MEANINGS } from "./status-meanings";

export interface SearchSources {
  readonly pages: readonly (readonly [DocSlug, readonly DocSection[]])[];
  readonly operations: readonly ApiOperation[];
  readonly webhooks: ApiWebhooks;
  readonly settings: readonly SettingGroup[];
}

/** Everything that the search finds: what is written, and what the tables are made from. */
export function searchEntries({ pages, operations, webhooks, settings }: SearchSources): SearchEntry[] {
  return [
    ...pages.flatMap(([slug, sections]) => sections.map((section) => ofSection(slug, section))),
    entry("api", "", requireDocPage("api").title, requireDocPage("api").summary),
    entry("errors", "", requireDocPage("errors").title, requireDocPage("errors").summary),
    ...operations.map((operation) =>
      entry("api", operation.id, operation.summary, `${operation.method} ${operation.path} ${operation.description}`),
    ),
    ...webhooks.webhooks.map(({ id, name, description, events }) =>
      entry("api", id, name, `${description} ${events.map((event) => `${event.name} ${event.summary}`).join(" ")}`),
    ),
    ...ERROR_CODE_NAMES.map((code) => entry("errors", code, code, `${ERROR_CODES[code].title}. ${ERROR_CODES[code].meaning}`)),
    ...GOVERNANCE_REASONS.map((reason) => entry("approval-flow", reason, reason, REASON_MEANINGS[reason])),
    ...Object.entries({ ...GOVERNANCE_MEANINGS, ...EXECUTION_MEANINGS }).map(([status, { means, then }]) =>
      entry("approval-flow", status, status, `${means} ${then}`),
    ),
    ...Object.entries(POLICY_TEXTS).map(([type, { does, goodFor }]) => entry("concepts", type, type, `${does} ${goodFor}`)),
    ...LIMIT_ROWS.map((row) => entry("limits", row.name, `${row.what} per ${row.per}`, `${number(row.value)}. ${row.over}`)),
    entry("limits", "sizes", "Sizes", SIZE_ROWS.map(({ field, size }) => `${field} ${size}`).join(". ")),
    ...settings.flatMap((group) => group.settings.map(({ name, value, text }) => entry("self-hosting", name, name, `${text} ${value}`))),
  ].filter(isFirstOfItsPlace());
}

function ofSection(slug: DocSlug, section: DocSection): SearchEntry {
  const page = requireDocPage(slug);
  return section.id === ""
    ? entry(slug, "", page.title, `${page.summary} ${section.text}`)
    : entry(slug, section.id, section.title, section.text);
}

function entry(slug: DocSlug, anchor: string, title: string, text: string): SearchEntry {
  return { href: anchor === "" ? docPath(slug) : `${docPath(slug)}#${anchor}`, page: requireDocPage(slug).title, title, text };
}

/** A heading and a table may share an anchor, which the index must list once. */
function isFirstOfItsPlace(): (entry: SearchEntry) => boolean {
  const seen = new Set<string>();
  return ({ href }) => !seen.has(href) && seen.add(href) !== undefined;
}
