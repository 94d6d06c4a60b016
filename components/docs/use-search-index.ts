import type MiniSearch from "minisearch";
import { useCallback, useRef, useState } from "react";
import { SEARCH_OPTIONS, type SearchEntry } from "@/lib/docs/search-options";
import { inConsole } from "@/lib/net/base-path";

export type IndexState = "unread" | "reading" | "ready" | "failed";
export type Find = (query: string) => SearchEntry[];

const AT_MOST = 12;

/** Loads the index and its code when someone starts to search. */
export function useSearchIndex(): { find: Find; state: IndexState; load: () => Promise<void> } {
  const index = useRef<MiniSearch<SearchEntry>>(undefined);
  const [state, setState] = useState<IndexState>("unread");
  const load = useCallback(async () => {
    if (index.current !== undefined) return;
    setState("reading");
    try {
      const [{ default: Index }, answer] = await Promise.all([import("minisearch"), fetch(inConsole("/docs/search.json"))]);
      if (!answer.ok) throw new Error(`The index was answered with ${answer.status}.`);
      index.current = Index.loadJSON(await answer.text(), SEARCH_OPTIONS);
      setState("ready");
    } catch {
      setState("failed");
    }
  }, []);
  const find = useCallback((query: string): SearchEntry[] => {
    const hits = index.current?.search(query).slice(0, AT_MOST) ?? [];
    return hits.map((hit) => ({
      href: String(hit.id),
      page: String(hit.page),
      title: String(hit.title),
      text: String(hit.text),
    }));
  }, []);
  return { find, state, load };
}
