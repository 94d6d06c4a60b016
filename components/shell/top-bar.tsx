"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { Search } from "lucide-react";
import { CRUMBS_SLOT } from "@/components/ui/breadcrumbs";
import { Kbd } from "@/components/ui/kbd";
import { ThemeToggle } from "@/components/ui/theme-toggle";

const never = () => () => undefined;
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent);

/** Where the reader is, whether it is live, the way to everything else, the theme. */
export function TopBar({ menu, live, onSearch }: { menu: ReactNode; live: ReactNode; onSearch: () => void }) {
  const isAppleKeyboard = useSyncExternalStore(never, isApple, () => true);
  return (
    <header className="sticky top-0 z-20 flex h-12 flex-none items-center gap-2 border-b border-line bg-canvas pr-4 pl-8 max-xl:pr-3 group-has-[[data-columns]]/frame:pl-4 max-xl:pl-6 max-md:px-2 max-md:group-has-[[data-columns]]/frame:pl-2 print:hidden">
      {menu}
      <div className="min-w-0 flex-1" id={CRUMBS_SLOT} />
      <div className="ml-auto flex flex-none items-center gap-2">
        <div className="max-md:hidden">{live}</div>
        <button
          className="flex h-[30px] w-[216px] cursor-pointer items-center gap-2 rounded-md border border-line bg-surface pr-1.5 pl-2.5 text-subtle transition-colors hover:border-line-strong max-md:size-10 max-md:justify-center max-md:border-transparent max-md:bg-transparent max-md:p-0 max-md:text-muted"
          type="button"
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={onSearch}
        >
          <Search className="size-3.5 flex-none max-md:size-4" strokeWidth={2} aria-hidden="true" />
          <span className="max-md:sr-only">Search or jump to</span>
          <span className="ml-auto max-md:hidden">
            <Kbd>{isAppleKeyboard ? "⌘K" : "Ctrl K"}</Kbd>
          </span>
        </button>
        <ThemeToggle />
      </div>
    </header>
  );
}
