"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";
import { DOC_GROUPS, DOC_PAGES, docPath } from "@/lib/docs/doc-pages";

/** All pages in their groups; the open one is marked. */
export function DocsNav() {
  const pathname = usePathname();
  return (
    <nav className="grid gap-5" aria-label="Documentation">
      {DOC_GROUPS.map((group) => (
        <div key={group}>
          <p className="mb-1 px-3 text-xs font-medium text-subtle">{group}</p>
          <ul className="grid gap-px">
            {DOC_PAGES.filter((page) => page.group === group).map((page) => (
              <li key={page.slug}>
                <Link
                  className="relative flex h-10 items-center rounded-md px-3 text-md text-muted hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-live md:h-8 md:text-sm"
                  href={docPath(page.slug)}
                  aria-current={pathname === docPath(page.slug) ? "page" : undefined}
                >
                  {page.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
