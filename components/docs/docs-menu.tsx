"use client";

import { ChevronDown } from "lucide-react";
import { usePathname } from "next/navigation";
import { DOC_PAGES, docPath } from "@/lib/docs/doc-pages";
import { DocsNav } from "./docs-nav";

/** The navigation of narrow windows: closed, it says where one is. Works without scripts. */
export function DocsMenu() {
  const pathname = usePathname();
  const page = DOC_PAGES.find((candidate) => docPath(candidate.slug) === pathname);
  return (
    // The key closes it on the next page.
    <details className="group border-b border-line bg-canvas md:hidden" key={pathname}>
      <summary className="flex h-12 cursor-pointer list-none items-center gap-2 px-5 text-md font-medium focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronDown
          className="size-4 flex-none text-muted transition-transform group-open:rotate-180"
          strokeWidth={1.75}
          aria-hidden="true"
        />
        <span className="text-muted">{page?.group ?? "Docs"}</span>
        <span className="truncate">{page?.title ?? "All pages"}</span>
      </summary>
      <div className="max-h-[70dvh] overflow-y-auto border-t border-line px-2 py-4">
        <DocsNav />
      </div>
    </details>
  );
}
