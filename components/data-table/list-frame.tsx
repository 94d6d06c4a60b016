"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createContext, type ReactNode, use, useMemo, useTransition } from "react";
import { type AddressChanges, listAddress } from "./list-address";

interface ListNavigation {
  /** A different list is on its way; the old one stays, and says so. */
  isPending: boolean;
  params: URLSearchParams;
  hrefFor: (changes: AddressChanges) => string;
  change: (changes: AddressChanges) => void;
  go: (href: string) => void;
}

const ListContext = createContext<ListNavigation | null>(null);

/** The card of a list: toolbar, selection, table, pages. Filters and order are in the URL, so a list can be shared. */
export function ListFrame({ label, children }: { label: string; children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const [isPending, startTransition] = useTransition();

  const navigation = useMemo<ListNavigation>(() => {
    const hrefFor = (changes: AddressChanges) => listAddress(pathname, params, changes);
    const go = (href: string) => startTransition(() => router.push(href, { scroll: false }));
    return { isPending, params, hrefFor, go, change: (changes) => go(hrefFor(changes)) };
  }, [isPending, params, pathname, router]);

  return (
    <ListContext value={navigation}>
      <section
        className="min-w-0 overflow-clip rounded-lg border border-line bg-surface shadow-card"
        aria-label={label}
        aria-busy={isPending}
      >
        {children}
      </section>
    </ListContext>
  );
}

export function useListNavigation(): ListNavigation {
  const navigation = use(ListContext);
  if (navigation === null) throw new Error("This belongs inside a ListFrame.");
  return navigation;
}
