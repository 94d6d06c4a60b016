import { createHash } from "node:crypto";
import MiniSearch from "minisearch";
import { DOC_CONTENT, type WrittenSlug } from "@/components/docs/doc-content";
import { apiReference } from "@/lib/docs/api-reference";
import { searchEntries } from "@/lib/docs/search-entries";
import { SEARCH_OPTIONS } from "@/lib/docs/search-options";
import { settingTexts } from "@/lib/docs/setting-texts";

let answer: { body: string; etag: string } | undefined;

/** The search index of the docs, for the browser. The same for everyone, built once. */
export function GET(request: Request): Response {
  answer ??= makeAnswer();
  const headers = { "Cache-Control": "public, max-age=0, must-revalidate", ETag: answer.etag };
  if (request.headers.get("if-none-match") === answer.etag) return new Response(null, { status: 304, headers });
  return new Response(answer.body, { headers: { ...headers, "Content-Type": "application/json; charset=utf-8" } });
}

function makeAnswer(): { body: string; etag: string } {
  const pages = (Object.keys(DOC_CONTENT) as WrittenSlug[]).map((slug) => [slug, DOC_CONTENT[slug].sections] as const);
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(searchEntries({ pages, ...apiReference(), settings: settingTexts() }));
  const body = JSON.stringify(index);
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url")}"` };
}
