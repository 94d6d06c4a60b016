"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { currentLink } from "./current-link";
import { Link } from "./link";

export interface TabLink {
  href: string;
  label: ReactNode;
  count?: number;
}

/** Tabs are links: each has its address, and the back button works. A page below a tab belongs to it. */
export function Tabs({ label, items, end }: { label: string; items: readonly TabLink[]; end?: ReactNode }) {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  const current = currentLink(items, pathname);
  // On a phone the tabs scroll, and the current one must be seen.
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <div className="mb-4 flex items-center gap-4 border-b border-line">
      <nav className="-mb-px flex min-w-0 gap-4 overflow-x-auto" aria-label={label} ref={nav}>
        {items.map((item) => {
          const isCurrent = item.href === current;
          return (
            <Link
              className={`flex h-9 flex-none items-center gap-1.5 border-b-2 px-0.5 font-medium whitespace-nowrap transition-colors hover:text-ink focus-visible:-outline-offset-2 max-md:h-11 ${isCurrent ? "border-link text-ink" : "border-transparent text-muted"}`}
              key={item.href}
              href={item.href}
              aria-current={isCurrent ? "page" : undefined}
              scroll={false}
            >
              {item.label}
              {item.count === undefined ? null : <span className="text-xs font-normal text-subtle tabular-nums">{item.count}</span>}
            </Link>
          );
        })}
      </nav>
      {end === undefined ? null : <div className="ml-auto flex items-center gap-2">{end}</div>}
    </div>
  );
}
