"use client";

import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { Link } from "./link";

export interface Crumb {
  label: ReactNode;
  href?: string;
}

export const CRUMBS_SLOT = "crumbs-slot";
const never = () => () => undefined;

/** A page's trail, shown in the top bar. The last one is the page itself. */
export function Crumbs({ items }: { items: readonly Crumb[] }) {
  const slot = useSyncExternalStore(
    never,
    () => document.getElementById(CRUMBS_SLOT),
    () => null,
  );
  if (slot === null) return null;
  return createPortal(<Trail items={items} />, slot);
}

function Trail({ items }: { items: readonly Crumb[] }) {
  return (
    <nav className="min-w-0" aria-label="Breadcrumbs">
      <ol className="flex min-w-0 items-center gap-1.5 text-muted">
        {items.map((item, place) => {
          const isLast = place === items.length - 1;
          return (
            <Fragment key={place}>
              {place === 0 ? null : (
                <ChevronRight className="size-4 flex-none text-disabled max-md:hidden" strokeWidth={1.75} aria-hidden="true" />
              )}
              {/* The parts before it stay readable; only the page's own name gives way. */}
              <li
                className={isLast ? "min-w-0 truncate" : "max-w-56 flex-none truncate max-md:hidden"}
                title={typeof item.label === "string" ? item.label : undefined}
              >
                {item.href === undefined || isLast ? (
                  <span className={isLast ? "font-medium text-ink" : ""} aria-current={isLast ? "page" : undefined}>
                    {item.label}
                  </span>
                ) : (
                  <Link className="rounded-sm hover:text-ink hover:underline" href={item.href}>
                    {item.label}
                  </Link>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
