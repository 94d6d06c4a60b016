import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { counted } from "@/lib/words/counted";
import { SearchHit } from "./search-hit";
import type { Find, IndexState } from "./use-search-index";

/** A box to type in and what is found, for the keyboard as well: arrows choose, Enter opens, Escape closes. */
export function SearchPanel({ find, state, onDone }: { find: Find; state: IndexState; onDone: () => void }) {
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const router = useRouter();
  const id = useId();
  const hits = state === "ready" && query.trim() !== "" ? find(query) : [];
  const open = (href: string) => {
    onDone();
    router.push(href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const hit = hits[chosen];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && hit !== undefined) {
      event.preventDefault();
      open(hit.href);
    }
  };
  return (
    <div className="grid max-h-[76dvh] grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search className="size-4 flex-none text-muted" strokeWidth={1.75} aria-hidden="true" />
        <input
          className="h-12 min-w-0 grow bg-transparent text-lg outline-none placeholder:text-subtle sm:text-md"
          type="text"
          role="combobox"
          aria-label="Search the documentation"
          aria-expanded={hits.length > 0}
          aria-controls={`${id}hits`}
          aria-activedescendant={hits.length > 0 ? `${id}${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Search the documentation"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className="overflow-y-auto">
        <ul className={hits.length > 0 ? "p-2" : ""} id={`${id}hits`} role="listbox" aria-label="Results">
          {hits.map((hit, at) => (
            <SearchHit
              hit={hit}
              query={query}
              id={`${id}${at}`}
              isChosen={at === chosen}
              onOpen={() => open(hit.href)}
              onChoose={() => setChosen(at)}
              key={hit.href}
            />
          ))}
        </ul>
        {hits.length > 0 ? null : <p className="px-4 py-6 text-sm text-muted">{emptyText(query, state)}</p>}
      </div>
      <p className="sr-only" aria-live="polite">
        {query.trim() === "" ? "" : counted(hits.length, "result")}
      </p>
    </div>
  );
}

function emptyText(query: string, state: IndexState): string {
  if (state === "failed") return "Couldn’t load the search. Close it and try again, or use the pages on the left.";
  if (query.trim() === "") return "Type a word, an error code, a status or a setting.";
  if (state !== "ready") return "Loading the index…";
  return `No results for “${query.trim()}”. Try a single word.`;
}
