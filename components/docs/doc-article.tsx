import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { type DocSlug, docPath, neighborsOf, requireDocPage } from "@/lib/docs/doc-pages";
import type { DocSection } from "@/lib/docs/doc-section";
import { TableOfContents } from "./table-of-contents";

/** One page: its title, its text, what is on it, and the pages before and after. */
export function DocArticle({
  slug,
  sections = [],
  isWide = false,
  children,
}: {
  slug: DocSlug;
  sections?: readonly DocSection[];
  /** For a reference that needs the whole width and has an index of its own. */
  isWide?: boolean;
  children: ReactNode;
}) {
  const page = requireDocPage(slug);
  const headings = sections.filter(({ id }) => id !== "");
  return (
    <div className={isWide ? "min-w-0" : "grid min-w-0 gap-x-12 min-[1240px]:grid-cols-[minmax(0,1fr)_208px]"}>
      <main className={`min-w-0 pt-8 pb-16 md:pt-10 ${isWide ? "" : "max-w-[46rem]"}`} id="main">
        <p className="text-sm font-medium text-muted">{page.group}</p>
        <h1 className="mt-1 text-3xl tracking-display">{page.title}</h1>
        <p className="mt-2.5 max-w-[60ch] text-lead text-muted">{page.summary}</p>
        <div className="doc mt-8">{children}</div>
        <Neighbors slug={slug} />
      </main>
      {headings.length < 2 ? null : (
        <aside className="sticky top-14 hidden max-h-[calc(100dvh-3.5rem)] self-start overflow-y-auto pt-12 pb-8 min-[1240px]:block">
          <TableOfContents sections={headings} />
        </aside>
      )}
    </div>
  );
}

function Neighbors({ slug }: { slug: DocSlug }) {
  const { previous, next } = neighborsOf(slug);
  const style = "grid gap-0.5 rounded-lg border border-line-strong bg-surface px-4 py-3 shadow-control hover:bg-hover";
  return (
    <nav className="mt-14 grid gap-3 border-t border-line pt-6 sm:grid-cols-2" aria-label="Previous and next page">
      {previous === undefined ? null : (
        <Link className={style} href={docPath(previous.slug)}>
          <span className="flex items-center gap-1 text-xs text-muted">
            <ArrowLeft className="size-3.5" strokeWidth={1.75} aria-hidden="true" />
            Previous
          </span>
          <span className="text-md font-medium">{previous.title}</span>
        </Link>
      )}
      {next === undefined ? null : (
        <Link className={`${style} text-right sm:col-start-2`} href={docPath(next.slug)}>
          <span className="flex items-center justify-end gap-1 text-xs text-muted">
            Next
            <ArrowRight className="size-3.5" strokeWidth={1.75} aria-hidden="true" />
          </span>
          <span className="text-md font-medium">{next.title}</span>
        </Link>
      )}
    </nav>
  );
}
