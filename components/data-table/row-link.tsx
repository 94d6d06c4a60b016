import Link from "next/link";
import type { ReactNode } from "react";

/** The name is the link; on a phone the whole row is. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      className="rounded-sm font-medium text-ink hover:underline focus-visible:-outline-offset-1 max-md:after:absolute max-md:after:inset-0 max-md:after:content-['']"
      href={href}
    >
      {children}
    </Link>
  );
}
