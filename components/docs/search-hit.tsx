import { excerptOf, partsOf } from "@/lib/docs/search-excerpt";
import type { SearchEntry } from "@/lib/docs/search-options";

export function SearchHit({
  hit,
  query,
  id,
  isChosen,
  onOpen,
  onChoose,
}: {
  hit: SearchEntry;
  query: string;
  id: string;
  isChosen: boolean;
  onOpen: () => void;
  onChoose: () => void;
}) {
  return (
    <li
      className="grid cursor-pointer gap-0.5 rounded-md px-3 py-2 aria-selected:bg-accent-soft"
      id={id}
      role="option"
      aria-selected={isChosen}
      ref={isChosen ? keepInView : undefined}
      onClick={onOpen}
      onPointerMove={isChosen ? undefined : onChoose}
    >
      <span className="flex items-baseline gap-2">
        <span className="truncate text-md font-medium">
          <Marked text={hit.title} query={query} />
        </span>
        {hit.page === hit.title ? null : <span className="ml-auto flex-none text-xs text-muted">{hit.page}</span>}
      </span>
      <span className="truncate text-sm text-muted">
        <Marked text={excerptOf(hit.text, query)} query={query} />
      </span>
    </li>
  );
}

function Marked({ text, query }: { text: string; query: string }) {
  return partsOf(text, query).map(({ text: part, isMatch }, at) =>
    isMatch ? (
      <mark className="bg-transparent font-semibold text-link" key={at}>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}

function keepInView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
