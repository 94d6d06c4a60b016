"use client";

import type { ReactNode } from "react";
import Link from "next/link";
import { usePathname } from "next/navigation";

export interface TabLink {
  href: string;
  label: ReactNode;
  count?: number;
  /** Left out, the tab of the page's own address is the current one. */
  isCurrent?: boolean;
}

/** Tabs are links: each has its address, and the back button works. */
export function Tabs({ label, items, end }: { label: string; items: readonly TabLink[]; end?: ReactNode }) {
  const pathname = usePathname();
  return (
    <div className="mb-4 flex items-center gap-4 border-b border-line">
      <nav className="-mb-px flex min-w-0 gap-4 overflow-x-auto" aria-label={label}>
        {items.map((item) => {
          const isCurrent = item.isCurrent ?? item.href === pathname;
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
