import type { Options } from "minisearch";

/** What can be found: a page or a piece of one. */
export interface SearchEntry {
  /** Where it is: also its key. */
  readonly href: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

/** The same on the server, which makes the index, and in the browser, which reads it. */
export const SEARCH_OPTIONS: Options<SearchEntry> = {
  idField: "href",
  fields: ["title", "page", "text"],
  storeFields: ["page", "title", "text"],
  // Names such as payload_too_large are found whole and by their parts.
  tokenize: (text) =>
    text
      .split(/[\s\p{P}\p{S}]+/u)
      .concat(text.match(/\w+_\w+/g) ?? [])
      .filter(Boolean),
  searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: "AND" },
};
