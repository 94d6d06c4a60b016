"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { Kbd } from "@/components/ui/kbd";
import { SearchPanel } from "./search-panel";
import { useSearchIndex } from "./use-search-index";

/** The search of the documentation: a button, or Ctrl K and ⌘K anywhere on its pages. */
export function DocsSearch() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { find, state, load } = useSearchIndex();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      open();
    };
    const open = () => {
      void load();
      if (!dialog.current?.open) dialog.current?.showModal();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [load]);
  return (
    <>
      <button
        className="inline-flex size-10 cursor-pointer items-center justify-center gap-2 rounded-lg text-md text-muted hover:bg-pressed hover:text-ink sm:w-60 sm:justify-start sm:border sm:border-line-strong sm:bg-surface sm:px-3 sm:shadow-control sm:hover:bg-hover md:h-9 noscript:hidden"
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        aria-haspopup="dialog"
        onClick={() => {
          void load();
          dialog.current?.showModal();
        }}
      >
        <Search className="size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
        <span className="grow text-left max-sm:sr-only">
          Search<span className="sr-only"> the documentation</span>
        </span>
        <Kbd>⌘K</Kbd>
      </button>
      <dialog
        className="m-0 mx-auto mt-[10dvh] w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-xl border border-line-strong bg-raised text-ink shadow-pop backdrop:bg-scrim"
        ref={dialog}
        aria-label="Search the documentation"
        // A press beside the panel hits the dialog itself.
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        <SearchPanel find={find} state={state} onDone={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}
